"""Ticks who was there. Several people may tick at once: the last press wins, and no tick is ever lost or doubled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.attendance.day_seats import keep_seats
from app.attendance.day_words import day_of, days_of
from app.attendance.models import Attendance
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import hold
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import gettext as _
from app.people.collation import folded
from app.people.finding import people_called, told_apart
from app.people.models import Organisation, Person
from app.people.names import split_name

ATTENDS = {Standing.COMING: "in_person", Standing.ONLINE: "remote"}


def mark(session: Session, event: Event, person: Person, mode: str, **known: Any) -> Attendance:
    """Say how somebody was there: in_person, remote, absent or excused. Equal ticks make one line.

    The line keeps name, title, unit and organisation, and what bodies are called, as at the first tick. known: other
    columns to set.
    """
    hold(session, event.id)
    line = session.scalar(_line_of(event, person))
    if line is None:
        line = Attendance(
            event_id=event.id,
            position=_next_position(session, event),
            person_id=person.id,
            given_name=person.given_name,
            family_name=person.family_name,
            title=person.title,
            unit=person.unit,
            organisation_id=person.organisation_id,
            of_the_day=known.pop("of_the_day", None) or days_of(session, event.id, [person])[person.id],
        )
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


def came(session: Session, event: Event, written: str, organisation: str | None = None) -> Attendance:
    """List who came: somebody of the address book where an address or an organisation tells who, else as walk_in does.

    A name alone is nobody: a namesake who comes by chance would get another person's memo.
    """
    known = people_called(session, written)
    apart = [one for one in known if "@" in written or folded(one.name) != folded(written) == folded(told_apart(one))]
    if len(apart) == 1:
        return mark(session, event, apart[0], "in_person")
    return walk_in(session, event, written, organisation)


def walk_in(
    session: Session, event: Event, name: str, organisation: str | None = None, mode: str = "in_person"
) -> Attendance:
    """List somebody who came without an invitation; the organisation is linked where the address book has it.

    Raises Invalid at `name` for somebody who is listed already under the same name and organisation.
    """
    hold(session, event.id)
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
        position=_next_position(session, event),
        given_name=given,
        family_name=family,
        organisation_id=body.id if body else None,
        organisation_text=written,
        mode=mode,
        of_the_day=day_of(body),
    )
    session.add(line)
    session.flush()
    return line


def count_in(session: Session, event: Event, headcount: int, label: str, heading: str | None = None) -> Attendance:
    """Add people who are counted and not named, such as 24 pupils."""
    hold(session, event.id)
    position = _next_position(session, event)
    line = Attendance(event_id=event.id, position=position, headcount=headcount, label=label, heading=heading)
    session.add(line)
    session.flush()
    return line


def expected(session: Session, event: Event) -> list[tuple[Invitee, str]]:
    """Return who has answered to be coming and is not marked yet, each with the mode that the answer means."""
    answers = {
        key: Answered(one.choice, one.mode, one.substitute_id)
        for key, one in current_responses(session, event.id).items()
    }
    listed = set(session.scalars(select(Attendance.person_id).where(Attendance.event_id == event.id)))
    coming = []
    for invitee in invitees_of(session, event.id):
        mode = ATTENDS.get(standing(Seat(invitee.id, invitee.substitute_for_id), answers))
        if mode and invitee.person_id not in listed:
            coming.append((invitee, mode))
    return coming


def mark_expected(session: Session, event: Event) -> int:
    """Mark all who have answered to be coming as they said, but nobody who is marked already; return how many."""
    hold(session, event.id)
    coming = expected(session, event)
    days = days_of(session, event.id, [invitee.person for invitee, _mode in coming])
    for invitee, mode in coming:
        mark(session, event, invitee.person, mode, of_the_day=days[invitee.person_id])
    return len(coming)


def _line_of(event: Event, person: Person):
    return select(Attendance).where(Attendance.event_id == event.id, Attendance.person_id == person.id)


def _next_position(session: Session, event: Event) -> int:
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
