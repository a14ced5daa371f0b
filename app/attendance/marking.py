"""Ticks who was there. Several people may tick at once: the last press wins, and no tick is ever lost or doubled.

A press counts from when it was pressed, not from when it arrives: a device without network sends it later. The `Mark`
of a person holds the last press, and one that is older changes nothing. What is marked without a press (all who said
that they come, a list of an online meeting) leaves no Mark: a press knows better, whenever it was made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.attendance.day_seats import keep_seats
from app.attendance.day_words import day_of, days_of
from app.attendance.models import Attendance, Mark
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.people.collation import folded
from app.people.finding import people_called, told_apart
from app.people.models import Organisation, Person
from app.people.names import split_name


def press(
    session: Session, event: Event, person: Person, mode: str | None, *, at: datetime, by: str | None = None,
    **known: Any,
) -> Attendance | None:  # fmt: skip
    """Take a press of a moment about a person: a mode, or None which takes the tick back.

    Returns the line as it stands, None where there is none. A press that is older than the last one changes nothing,
    and the same press again changes nothing either. known: other columns to set.
    """
    hold(session, event.id)
    last = session.get(Mark, (event.id, person.id), populate_existing=True)
    if last is not None and last.pressed_at > at:
        return session.scalar(_line_of(event, person))
    if last is None:
        last = Mark(event_id=event.id, person_id=person.id)
        session.add(last)
    last.mode, last.pressed_at, last.pressed_by = mode, at, by
    if mode is None:
        unmark(session, event, person)
        return None
    return mark(session, event, person, mode, marked_at=at, **known)


def mark(session: Session, event: Event, person: Person, mode: str, **known: Any) -> Attendance:
    """Say how somebody was there: in_person, remote, absent or excused. Equal ticks make one line.

    The line keeps name, title, unit and organisation, and what bodies are called, as at the first tick. known: other
    columns to set.
    """
    hold(session, event.id)
    line = session.scalar(_line_of(event, person))
    if line is None:
        line = new_line(event, person, next_position(session, event))
        line.of_the_day = known.pop("of_the_day", None) or days_of(session, event.id, [person])[person.id]
        session.add(line)
    for name, value in {"mode": mode, **known}.items():
        setattr(line, name, value)
    session.flush()
    return line


def unmark(session: Session, event: Event, person: Person) -> None:
    """Take a tick back with all that was noted on it; no tick, no change."""
    hold(session, event.id)
    line = session.scalar(_line_of(event, person))
    if line is not None:
        remove(session, line)


def remove(session: Session, line: Attendance) -> None:
    session.delete(line)
    session.flush()


def new_line(event: Event, person: Person, position: int) -> Attendance:
    """Return a line of a person as they are now, not stored yet."""
    return Attendance(
        event_id=event.id,
        position=position,
        person_id=person.id,
        given_name=person.given_name,
        family_name=person.family_name,
        title=person.title,
        unit=person.unit,
        organisation_id=person.organisation_id,
    )


def came(
    session: Session, event: Event, written: str, organisation: str | None = None, *, key: str | None = None,
    at: datetime | None = None, by: str | None = None, mode: str = "in_person",
) -> Attendance:  # fmt: skip
    """List who came, written as `Name` or `Name, organisation`: somebody of the address book where an address or an
    organisation tells who, else as walk_in does.

    A name alone is nobody: a namesake who comes by chance would get another person's memo. Raises Invalid at `name`
    like walk_in; the press with the same key again returns the line that it made.
    """
    made = _made_by(session, event, key)
    if made is not None:
        return made
    known = people_called(session, written)
    apart = [one for one in known if "@" in written or folded(one.name) != folded(written) == folded(told_apart(one))]
    if len(apart) == 1:
        line = press(session, event, apart[0], mode, at=at, by=by, key=key) if at else None
        return line or mark(session, event, apart[0], mode)
    name, comma, after = written.rpartition(",")
    if comma and not organisation and name.strip():
        written, organisation = name.strip(), after.strip() or None
    return walk_in(session, event, written, organisation, mode, key=key, marked_at=at)


def walk_in(
    session: Session, event: Event, name: str, organisation: str | None = None, mode: str = "in_person", *,
    key: str | None = None, marked_at: datetime | None = None,
) -> Attendance:  # fmt: skip
    """List somebody who came without an invitation; the organisation is linked where the address book has it.

    key is what the press is known by: one that comes again returns the line that it made. Raises Invalid at `name` for
    somebody who is listed already under the same name and organisation.
    """
    hold(session, event.id)
    made = _made_by(session, event, key)
    if made is not None:
        return made
    given, family = split_name(name)
    body = _organisation_called(session, organisation) if organisation else None
    written = None if body else organisation
    same = select(Attendance.id).where(
        Attendance.event_id == event.id,
        Attendance.given_name == given,
        Attendance.family_name == family,
        Attendance.organisation_id.is_not_distinct_from(body.id if body else None),
        Attendance.organisation_text.is_not_distinct_from(written),
    )
    if session.scalar(same) is not None:
        raise Invalid([("name", _("%(name)s is on the list already.") % {"name": name})])
    line = Attendance(
        event_id=event.id,
        position=next_position(session, event),
        given_name=given,
        family_name=family,
        organisation_id=body.id if body else None,
        organisation_text=written,
        mode=mode,
        key=key,
        marked_at=marked_at,
        of_the_day=day_of(body),
    )
    session.add(line)
    session.flush()
    return line


def count_in(session: Session, event: Event, headcount: int, label: str, heading: str | None = None) -> Attendance:
    """Add people who are counted and not named, such as 24 pupils."""
    hold(session, event.id)
    position = next_position(session, event)
    line = Attendance(event_id=event.id, position=position, headcount=headcount, label=label, heading=heading)
    session.add(line)
    session.flush()
    return line


def _made_by(session: Session, event: Event, key: str | None) -> Attendance | None:
    if not key:
        return None
    hold(session, event.id)
    return session.scalar(select(Attendance).where(Attendance.event_id == event.id, Attendance.key == key))


def _line_of(event: Event, person: Person):
    return select(Attendance).where(Attendance.event_id == event.id, Attendance.person_id == person.id)


def next_position(session: Session, event: Event) -> int:
    """Where the next line goes; with the first the convening body's seats are kept as they are on the day."""
    last = session.scalar(select(func.max(Attendance.position)).where(Attendance.event_id == event.id))
    if last is None:
        keep_seats(session, event)
        return 0
    return last + 1


def _organisation_called(session: Session, text: str) -> Organisation | None:
    names = (Organisation.name, Organisation.abbreviation)
    called = or_(*[name == text for name in names], *[func.lower(name) == text.lower() for name in names])
    return session.scalars(select(Organisation).where(called).limit(1)).first()
