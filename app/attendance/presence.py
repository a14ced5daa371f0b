"""The day's list as it is shown: those of some places, whether they came, and who comes in whose place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance, PresentFor
from app.attendance.reading import (
    Tick,
    answers_of,
    bodies_of,
    came_instead,
    invited_rows,
    organisation_of,
    person_rows,
    tick_of,
    uninvited_rows,
)
from app.attendance.register import PRESENT, Place, listed_people, places_of
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.people.names import whole_name
from app.people.register import best_people

MOST_FOUND = 8
AT_ONCE = 2000  # lines that are loaded together


@dataclass(frozen=True)
class Line:
    """One person on the list. person_id: None for a walk-in or people counted; tick: None where nobody has pressed.

    represents and organisation are words; standing is None for those who are not invited. in_place_of: whom they come
    instead of; instead: who came in their place without having been named.
    """

    key: str
    name: str
    organisation: str
    represents: str = ""
    person_id: int | None = None
    tick: Tick | None = None
    standing: Standing | None = None
    in_place_of: str = ""
    instead: str = ""

    @property
    def mode(self) -> str | None:
        return self.tick.mode if self.tick else None

    @property
    def present(self) -> bool:
        return self.mode in PRESENT


def lines_at(session: Session, event_id: int, places: Sequence[Place]) -> list[Line]:
    """Return the lines of some places of the register, in that order, by six statements."""
    found = {(0, id): line for id, line in _invited(session, event_id, [it.id for it in places if not it.uninvited])}
    found |= {(1, id): line for id, line in _uninvited(session, [it.id for it in places if it.uninvited])}
    return [found[key] for place in places if (key := (place.uninvited, place.id)) in found]


def line_of(session: Session, event_id: int, person_id: int) -> Line:
    """Return one person's line of the list, or one without a tick for somebody who is not on it."""
    return lines_of(session, event_id, [person_id])[0]


def lines_of(session: Session, event_id: int, person_ids: Collection[int]) -> list[Line]:
    """Return the lines of some people, however they stand: invited, there besides, or neither."""
    invited = select(Invitee.id).where(Invitee.event_id == event_id, Invitee.person_id.in_(person_ids))
    lines = [line for _id, line in _invited(session, event_id, session.scalars(invited).all())]
    if others := set(person_ids) - {line.person_id for line in lines}:
        there = select(Attendance.id).where(Attendance.event_id == event_id, Attendance.person_id.in_(others))
        lines += [line for _id, line in _uninvited(session, session.scalars(there).all())]
    nowhere = set(person_ids) - {line.person_id for line in lines}
    return lines + [_found(row) for row in person_rows(session, nowhere)] if nowhere else lines


def line_with(session: Session, tick: Attendance) -> Line:
    """Return the line of a tick, of somebody who may be in the address book or not."""
    if tick.person_id is not None:
        return line_of(session, tick.event_id, tick.person_id)
    return _uninvited(session, [tick.id])[0][1]


def all_lines(session: Session, event: Event, q: str = "", show: str = "all") -> list[Line]:
    """Return every line that a search and a filter show, for the list as a file."""
    places = places_of(session, event.id, q, show, most=1_000_000)
    parts = (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))
    return [line for part in parts for line in lines_at(session, event.id, part)]


def found_besides(session: Session, event_id: int, words: str) -> list[Line]:
    """Return people of the address book who fit a search and are not on the list, a few; two statements."""
    best = [row.id for row in best_people(session, words, MOST_FOUND, besides=listed_people(event_id))]
    rows = {row.id: row for row in person_rows(session, best)}
    return [_found(rows[id]) for id in best]


def headings_of(session: Session, event_id: int) -> list[str]:
    """Return the headings that the event's people are listed under, by name."""
    query = select(Attendance.heading).where(Attendance.event_id == event_id, Attendance.heading.is_not(None))
    return sorted(session.scalars(query.distinct()), key=str.casefold)


def _found(row: Row) -> Line:
    name = whole_name(row.given_name, row.family_name)
    return Line(key=f"person-{row.id}", name=name, organisation=organisation_of(row), person_id=row.id)


def _invited(session: Session, event_id: int, ids: Collection[int]) -> list[tuple[int, Line]]:
    rows = invited_rows(session, ids)
    senders = [row.substitute_for_id for row in rows if row.substitute_for_id]
    answers, stands = answers_of(session, [*ids, *senders]), bodies_of(session, Representation, ids)
    instead = came_instead(session, event_id, [row.person_id for row in rows])
    return [(row.id, _invited_line(row, answers, stands, instead)) for row in rows]


def _invited_line(row: Row, answers: dict[int, Answered], stands: dict[int, str], instead: dict[int, str]) -> Line:
    return Line(
        key=f"person-{row.person_id}",
        name=whole_name(row.given_name, row.family_name),
        organisation=organisation_of(row),
        represents=stands.get(row.id, ""),
        person_id=row.person_id,
        tick=tick_of(row),
        standing=standing(Seat(row.id, row.substitute_for_id), answers),
        in_place_of=whole_name(row.sender_given or "", row.sender_family or ""),
        instead=instead.get(row.person_id, ""),
    )


def _uninvited(session: Session, ids: Collection[int]) -> list[tuple[int, Line]]:
    stands = bodies_of(session, PresentFor, ids)
    return [(row.id, _uninvited_line(row, stands)) for row in uninvited_rows(session, ids)]


def _uninvited_line(row: Row, stands: dict[int, str]) -> Line:
    counted = f"{row.headcount} {row.label}" if row.headcount is not None else None
    return Line(
        key=f"person-{row.person_id}" if row.person_id else f"line-{row.id}",
        name=counted or whole_name(row.given_name, row.family_name),
        organisation=organisation_of(row) or row.organisation_text or "",
        represents=stands.get(row.id, ""),
        person_id=row.person_id,
        tick=tick_of(row),
        in_place_of=whole_name(row.sender_given or "", row.sender_family or ""),
    )
