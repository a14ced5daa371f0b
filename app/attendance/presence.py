"""The day's list: everybody invited, whether they came, and who came besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.attendance.models import Attendance
from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import spoken
from app.people.collation import matches, person_key
from app.people.models import Organisation, Person
from app.people.register import best_people
from app.people.words import bodies_joined, body_name, organisation_words

PRESENT = ("in_person", "remote")
FILTERS = ("all", "waiting", "present", "away", "others")
MOST_FOUND = 8


@dataclass(frozen=True)
class Line:
    """One person on the list. person: None for a walk-in or people counted; attendance: None before any tick.

    represents and organisation are words; standing is None for those who are not invited.
    """

    key: str
    name: str
    family_name: str
    given_name: str
    organisation: str
    represents: str
    person: Person | None
    attendance: Attendance | None
    standing: Standing | None

    @property
    def mode(self) -> str | None:
        return self.attendance.mode if self.attendance else None

    @property
    def present(self) -> bool:
        return self.mode in PRESENT

    def belongs(self, show: str) -> bool:
        """Whether a filter shows this line."""
        return {
            "waiting": self.attendance is None,
            "present": self.present,
            "away": self.mode in ("absent", "excused"),
            "others": self.standing is None,
        }.get(show, True)


@dataclass(frozen=True)
class Count:
    """came: heads present, in person and online; online: of them. invited: seats; others: heads who came uninvited."""

    came: int
    online: int
    invited: int
    others: int


def lines_of(session: Session, event: Event) -> list[Line]:
    """Return the whole list in the order of a register; six queries at most."""
    present = attendances_of(session, event.id)
    by_person = {line.person_id: line for line in present if line.person_id}
    answers = {
        key: Answered(one.choice, one.mode, one.substitute_id)
        for key, one in current_responses(session, event.id).items()
    }
    lines = []
    for invitee in invitees_of(session, event.id):
        attendance = by_person.pop(invitee.person_id, None)
        stands = standing(Seat(invitee.id, invitee.substitute_for_id), answers)
        if stands != Standing.WITHDRAWN or attendance is not None:
            lines.append(invited_line(invitee, attendance, stands))
    people = _people(session, by_person)
    lines += [uninvited_line(one, people.get(one.person_id)) for one in present if _uninvited(one, by_person)]
    return sorted(lines, key=lambda line: person_key(line.family_name, line.given_name))


def line_of(lines: Iterable[Line], person: Person) -> Line:
    """Return one person's line of the list, or one without a tick for somebody who is not on it."""
    return next((line for line in lines if line.person and line.person.id == person.id), found_line(person))


def count_of(lines: Iterable[Line]) -> Count:
    came = online = invited = others = 0
    for line in lines:
        heads = (line.attendance.headcount or 1) if line.present else 0
        came += heads
        online += heads if line.mode == "remote" else 0
        invited += line.standing is not None
        others += heads if line.standing is None else 0
    return Count(came, online, invited, others)


def searched(lines: Sequence[Line], words: str) -> list[Line]:
    """Return the lines that have every word in name, organisation or whom they represent."""
    return [line for line in lines if matches(words, line.name, line.organisation, line.represents)]


def found_besides(session: Session, words: str, lines: Iterable[Line]) -> list[Line]:
    """Return people of the address book who fit a search and are not on the list, a few; two queries."""
    listed = {line.person.id for line in lines if line.person}
    best = best_people(session, words, MOST_FOUND, besides=listed)
    people = _people(session, [one.id for one in best])
    return [found_line(people[one.id]) for one in best]


def attendances_of(session: Session, event_id: int) -> list[Attendance]:
    """Return the lines of presence of an event with their organisations, in order; one query."""
    query = select(Attendance).options(joinedload(Attendance.organisation)).where(Attendance.event_id == event_id)
    query = query.order_by(Attendance.position, Attendance.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def invited_line(invitee: Invitee, attendance: Attendance | None, stands: Standing) -> Line:
    bodies = [
        body_name(one.group, spoken()) if one.group else organisation_words(one.organisation, spoken())
        for one in invitee.represents
    ]
    line = replace(found_line(invitee.person), represents=bodies_joined(bodies, spoken()), standing=stands)
    return replace(line, attendance=attendance) if attendance else line


def uninvited_line(attendance: Attendance, person: Person | None) -> Line:
    words = organisation_words(attendance.organisation, spoken()) if attendance.organisation else None
    name = f"{attendance.headcount} {attendance.label}" if attendance.headcount is not None else attendance.name
    return Line(
        key=f"person-{person.id}" if person else f"line-{attendance.id}",
        name=name,
        family_name=attendance.family_name or attendance.label or "",
        given_name=attendance.given_name,
        organisation=words or attendance.organisation_text or "",
        represents="",
        person=person,
        attendance=attendance,
        standing=None,
    )


def found_line(person: Person) -> Line:
    return Line(
        key=f"person-{person.id}",
        name=person.name,
        family_name=person.family_name,
        given_name=person.given_name,
        organisation=organisation_words(person.organisation, spoken()) if person.organisation else "",
        represents="",
        person=person,
        attendance=None,
        standing=None,
    )


def _uninvited(attendance: Attendance, uninvited_people: dict) -> bool:
    return attendance.person_id is None or attendance.person_id in uninvited_people


def _people(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_(list(ids)))
    return {person.id: person for person in session.scalars(query)}


def headings_of(session: Session, event_id: int) -> list[str]:
    """Return the headings that the event's people are listed under, by name."""
    query = select(Attendance.heading).where(Attendance.event_id == event_id, Attendance.heading.is_not(None))
    return sorted(session.scalars(query.distinct()), key=str.casefold)


def organisation_names(session: Session) -> list[str]:
    return list(session.scalars(select(Organisation.name).order_by(func.lower(Organisation.name)).limit(500)))
