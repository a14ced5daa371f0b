"""What invitations say of an event, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.agenda.lines import programme_of
from app.agenda.models import AgendaItem
from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.rsvp import end_of_answering
from app.language import spoken
from app.people.models import Membership, Person
from app.people.words import bodies_joined, body_name
from app.settings import Settings
from app.surveys.models import Question, Survey


@dataclass(frozen=True)
class Facts:
    """What is the same in every recipient's letter. contacts: (name, e-mail) of those who tell more."""

    contacts: tuple[tuple[str, str], ...]
    has_survey: bool
    has_programme: bool


def facts_of(session: Session, settings: Settings, event: Event) -> Facts:
    """Read them, in two queries."""
    question = select(Question.id).join(Survey, Survey.id == Question.survey_id).where(Survey.event_id == event.id)
    item = select(AgendaItem.id).where(AgendaItem.event_id == event.id)
    has_survey, has_programme = session.execute(select(question.exists(), item.exists())).one()
    return Facts(contacts_of(session, settings, event), has_survey, has_programme)


def programme_lines(session: Session, event: Event) -> list[str]:
    """Return the programme as it is told, a line an item: "13.00–13.15 Opening"; what changes is told from what was.

    A section is its title; among items of several days each day is a line as well.
    """
    told = []
    for line in programme_of(session, event):
        slot, title = line.slot, line.item.title
        told += [dates.day(line.day, event.language)] if line.day else []
        told.append(title if line.heads else f"{dates.clock_range(slot.start, slot.until, event.language)} {title}")
    return told


def contacts_of(session: Session, settings: Settings, event: Event) -> tuple[tuple[str, str], ...]:
    """Return whom to ask, as (name, e-mail): two secretaries of the convener at most, or else our own address."""
    return secretaries_of(session, event) or ((settings.mail_name, settings.mail_from),)


def secretaries_of(session: Session, event: Event) -> tuple[tuple[str, str], ...]:
    """Return the convener's first two secretaries who have an address, as (name, e-mail)."""
    secretaries = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == event.convener_id, Membership.role == "secretary", Person.email.is_not(None))
        .order_by(Membership.position, Membership.id)
        .limit(2)
    )
    return tuple((person.name, person.email) for person in session.scalars(secretaries))


def represented_words(invitee: Invitee) -> str:
    """Return for whom an invitee comes: "a, b sekä c", or nothing."""
    bodies = [one.group or one.organisation for one in invitee.represents]
    return bodies_joined([body_name(body, spoken()) for body in bodies], spoken())


def when_words(event: Event) -> str:
    return dates.when(event.starts_at, event.ends_at, spoken())


def deadline_words(event: Event) -> str:
    """Return until when one may answer: a day with its weekday, with a clock time where there is one, or nothing."""
    last = end_of_answering(event.rsvp_deadline)
    if last is None:
        return ""
    return dates.when(last, None, spoken()) if "T" in event.rsvp_deadline else dates.day_long(last, spoken())


def general_values(event: Event, contacts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what fills those placeholders that are the same for everybody, in the language of the moment; what there
    is none of is empty."""
    return {
        "title": event.title,
        "when": when_words(event),
        "place": event.place or "",
        "online": event.online_url or "",
        "deadline": deadline_words(event),
        "convener": body_name(event.convener, spoken()),
        "contacts": ", ".join(f"{name}, {email}" for name, email in contacts),
    }


def values_of(event: Event, facts: Facts, invitee: Invitee, link: str) -> dict[str, str]:
    """Return what fills each placeholder of an invitee's letter; what there is none of is empty."""
    own = {"name": invitee.person.name, "group": represented_words(invitee), "link": link}
    return own | general_values(event, facts.contacts)
