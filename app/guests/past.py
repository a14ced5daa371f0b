"""Earlier events of the same convener that somebody took part in, whose papers their link opens as well."""

from __future__ import annotations

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from app.attendance.models import Attendance
from app.errors import NotFound
from app.events.models import Event
from app.guests.opening import Guest
from app.memos.models import Issue, Memo


def past_events(session: Session, guest: Guest) -> list[Event]:
    """Return them, the newest first: of those that were before this one, with a memo that is public and issued."""
    return list(session.scalars(_theirs(guest).order_by(Event.starts_at.desc(), Event.id.desc())))


def past_event(session: Session, guest: Guest, event_id: int) -> Event:
    """Return one of them; raises NotFound for every other event."""
    event = session.scalar(_theirs(guest).where(Event.id == event_id))
    if event is None:
        raise NotFound
    return event


def _theirs(guest: Guest) -> Select[tuple[Event]]:
    took_part = exists().where(
        Attendance.event_id == Event.id, Attendance.person_id == guest.person.id,
        Attendance.mode.in_(("in_person", "remote")),
    )  # fmt: skip
    issued = exists().where(Memo.event_id == Event.id, Issue.memo_id == Memo.id)
    return (
        select(Event)
        .options(joinedload(Event.convener))
        .where(
            Event.convener_id == guest.event.convener_id, Event.starts_at < guest.event.starts_at,
            Event.id != guest.event.id, Event.confidentiality == "public", took_part, issued,
        )
    )  # fmt: skip
