"""Marks all who have said that they come, in one press, and takes that back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, bindparam, case, delete, func, select
from sqlalchemy.orm import Session, joinedload

from app.attendance.day_words import days_of
from app.attendance.finding import EVENT, INVITEES
from app.attendance.marking import new_line, next_position
from app.attendance.models import Attendance
from app.events.models import Event
from app.events.queries import hold
from app.invitees.models import Invitee, Response
from app.invitees.queries import is_last, withdrawn
from app.people.models import Person

NOTED = ("arrived_at", "left_at", "first_item", "last_item", "role", "deputy_for_id", "heading")
MODE = case((Response.mode == "remote", "remote"), else_="in_person")
MADE_AT_ONCE = and_(
    Attendance.event_id == EVENT,
    Attendance.marked_at == bindparam("made_at", type_=Attendance.marked_at.type),
    Attendance.person_id.is_not(None),
    *[getattr(Attendance, name).is_(None) for name in NOTED],
)


def expected(session: Session, event: Event, most: int | None = None) -> list[tuple[Person, str]]:
    """Return who has answered to be coming and is not marked yet, in the order in which they are invited, each with
    the mode that the answer means."""
    query = _coming(Person, MODE).options(joinedload(Person.organisation)).order_by(Invitee.position, Invitee.id)
    return [tuple(row) for row in session.execute(query.limit(most), {"event_id": event.id})]


def expected_counted(session: Session, event_id: int) -> tuple[int, int]:
    """Return how many are expected and not marked yet, and how many of them online."""
    online = func.coalesce(func.sum(case((Response.mode == "remote", 1), else_=0)), 0)
    return tuple(session.execute(_coming(func.count(), online), {"event_id": event_id}).one())


def anybody_expected(session: Session, event_id: int) -> bool:
    """Whether anybody is expected who is not marked yet."""
    return session.scalar(_coming(Invitee.id).limit(1), {"event_id": event_id}) is not None


def mark_expected(session: Session, event: Event, at: datetime | None = None) -> int:
    """Mark all who have answered to be coming as they said, but nobody who is marked already; return how many."""
    hold(session, event.id)
    coming, first = expected(session, event), next_position(session, event)
    days = days_of(session, event.id, [person for person, _mode in coming])
    for place, (person, mode) in enumerate(coming):
        line = new_line(event, person, first + place)
        line.mode, line.marked_at, line.of_the_day = mode, at, days[person.id]
        session.add(line)
    session.flush()
    return len(coming)


def marked_at_once(session: Session, event_id: int, at: datetime) -> int:
    """Return how many lines of one such press stand as it made them."""
    lines = select(func.count()).select_from(Attendance).where(MADE_AT_ONCE)
    return session.scalar(lines, {"event_id": event_id, "made_at": at}) or 0


def unmark_expected(session: Session, event: Event, at: datetime) -> int:
    """Take one such press back, but for lines on which somebody has pressed or noted since; return how many."""
    hold(session, event.id)
    gone = delete(Attendance).where(MADE_AT_ONCE).execution_options(synchronize_session=False)
    taken = session.execute(gone, {"event_id": event.id, "made_at": at}).rowcount
    session.expire_all()
    return taken


def _coming(*columns) -> Select:
    query = select(*columns).select_from(Invitee).join(Person, Person.id == Invitee.person_id)
    query = query.join(Response, Response.invitee_id == Invitee.id).outerjoin(Attendance, INVITEES)
    coming = Invitee.event_id == EVENT, Attendance.id.is_(None), Response.choice == "accepted"
    return query.where(*coming, is_last(Response), ~withdrawn())
