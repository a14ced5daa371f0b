"""Otso presses the same button in several windows at once: one substitute, one sheet, no error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from app.errors import Refused
from app.events.models import Event
from app.invitees.answering import send_substitute
from app.invitees.models import Invitee
from app.people.models import Group, Person
from app.surveys.keeping import save
from app.surveys.models import Question, Sheet, Survey
from app.surveys.sheets import survey_of
from tests import cast
from tests.conftest import NOW

WINDOWS = 4


@pytest.fixture
def otso(database):
    """Otso's committed place at an event with a survey, removed afterwards: these tests need real transactions."""
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Monen ikkunan neuvosto"))
        survey = Survey(event_id=event.id, questions=[Question(key="a", position=0, kind="text", text="Mikä?")])
        session.add(survey)
        otso = cast.invitee(session, event, cast.person(session, "Otso Ikkuna"))
    yield otso
    with database.session() as session:
        session.execute(delete(Event).where(Event.id == event.id))
        session.execute(delete(Person).where(Person.family_name == "Ikkuna"))
        session.execute(delete(Group).where(Group.name == "Monen ikkunan neuvosto"))


def at_once(database, act) -> list:
    """Run act(session) in every window at the same moment, each in a transaction of its own; return what came of it."""
    barrier = Barrier(WINDOWS)

    def press(_window):
        barrier.wait()
        try:
            with database.session() as session:
                return act(session)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(WINDOWS) as pool:
        return list(pool.map(press, range(WINDOWS)))


def count(database, model, *where) -> int:
    with database.session(readonly=True) as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


def test_one_substitute_is_made(database, otso):
    def send(session):
        place = session.get(Invitee, otso.id)
        return send_substitute(session, place, name="Pilvi Ikkuna", email="p@ikkuna.example", source="link", at=NOW).id

    assert len(set(at_once(database, send))) == 1
    assert count(database, Invitee, Invitee.substitute_for_id == otso.id) == 1
    assert count(database, Person, Person.email == "p@ikkuna.example") == 1


@pytest.mark.parametrize("anonymous", [False, True])
def test_one_sheet_is_kept(database, otso, anonymous):
    with database.session() as session:
        survey = survey_of(session, otso.event_id)
        survey.anonymous = anonymous
        question = survey.questions[0].id

    results = at_once(
        database, lambda session: save(session, survey_of(session, otso.event_id), otso.person_id, {question: "Yksi"})
    )
    assert count(database, Sheet, Sheet.survey_id == survey.id) == 1
    assert sum(isinstance(result, Refused) for result in results) == (WINDOWS - 1 if anonymous else 0)
