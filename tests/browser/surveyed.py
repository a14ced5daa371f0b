"""A house where Otso is invited to an event with a survey of every kind, and the way to his page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect
from sqlalchemy import delete, select

from app.events.models import Event
from app.links.links import address_of, link_of
from app.people.models import Person
from app.surveys.models import Survey
from app.surveys.sheets import sheet_of, survey_of
from tests.browser.conftest import House
from tests.browser.stories import invited
from tests.browser.visitor import Visitor
from tests.guests.every_kind import by_key, every_kind


def surveyed(house: House, **survey) -> tuple[int, str]:
    """Invite Otso and Pilvi, with a survey of every kind; returns the event's id and the address in Otso's mail."""
    event_id = invited(house)
    with house.database.session() as session:
        session.execute(delete(Survey))
        every_kind(session, session.get_one(Event, event_id), **survey)
        [otso] = session.scalars(select(Person).where(Person.given_name == "Otso"))
        link = link_of(session, house.settings, event_id=event_id, person_id=otso.id, purpose="invitation")
        return event_id, address_of(house.settings, link)


def kept(house: House, event_id: int, key: str):
    """What is kept of Otso's answer to a question."""
    with house.database.session(readonly=True) as session:
        survey = survey_of(session, event_id)
        [otso] = session.scalars(select(Person.id).where(Person.given_name == "Otso"))
        return (sheet_of(session, survey, otso) or {}).get(by_key(survey, key).id)


def question(visitor: Visitor, words: str) -> Locator:
    return visitor.page.locator("[data-question]").filter(has_text=words)


def is_saved(visitor: Visitor, words: str, time: str = "Saved 09:01") -> None:
    expect(question(visitor, words).locator("[data-saved]")).to_have_text(time)


def until(visitor: Visitor, true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _look in range(100):
        if true():
            return
        visitor.page.wait_for_timeout(50)
    raise AssertionError("it never was")
