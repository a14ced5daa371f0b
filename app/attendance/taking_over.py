"""A line of presence as it was on the day, beside what the address book says of the same person now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.attendance.day_words import day_of, stood_for
from app.attendance.models import Attendance
from app.language import spoken
from app.people.models import Organisation, Person


@dataclass(frozen=True)
class Since:
    """What was so on the day and what is so now, in words: name, title, unit, organisation, those who are stood for."""

    then: str
    now: str


def changed_since(session: Session, line: Attendance) -> Since | None:
    """Return what has changed about a line's person since the day; None where nothing has, or nobody is known."""
    person = session.get(Person, line.person_id) if line.person_id else None
    if person is None:
        return None
    now = _day_now(session, line, person)
    then = line.of_the_day or day_of(line.organisation, stood_for(session, line.event_id, [line])[line.id])
    since = Since(_in_words(line, then, line.organisation_text), _in_words(person, now))
    return since if since.then != since.now else None


def take_over(session: Session, line: Attendance) -> None:
    """Let a line say what the address book says of its person now."""
    person = session.get(Person, line.person_id) if line.person_id else None
    if person is None:
        return
    line.of_the_day = _day_now(session, line, person)
    line.given_name, line.family_name = person.given_name, person.family_name
    line.title, line.unit = person.title, person.unit
    line.organisation_id, line.organisation_text = person.organisation_id, None
    session.flush()


def _day_now(session: Session, line: Attendance, person: Person) -> dict:
    organisation = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return day_of(organisation, stood_for(session, line.event_id, [line])[line.id])


def _in_words(who: Attendance | Person, day: dict, written: str | None = None) -> str:
    language = spoken()
    organisation = day["organisation"]["short"][language] if day["organisation"] else written
    bodies = [one["short"][language] for one in day["bodies"]]
    return ", ".join(filter(None, (who.name, who.title, who.unit, organisation, *bodies)))
