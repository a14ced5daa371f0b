"""Changes an event's details together with what depends on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.details import PUBLIC, change_event
from app.events.models import Event
from app.mail.outbox import withdraw_all


def change_details(session: Session, event: Event, values: dict[str, Any]) -> int:
    """Store changed details; when the event moves to another day, the agenda's fixed times go along.

    Where it is not public any more, what waits to be mailed is withdrawn; returns how many mails. The event is held.
    """
    moved = values["starts_at"].date() - event.starts_at.date()
    was_public = event.confidentiality == PUBLIC
    change_event(session, event, values)
    if moved:
        _move_agenda(session, event, moved)
    return withdraw_all(session, event.id) if was_public and event.confidentiality != PUBLIC else 0


def _move_agenda(session: Session, event: Event, moved: timedelta) -> None:
    fixed = select(AgendaItem).where(AgendaItem.event_id == event.id, AgendaItem.at.is_not(None))
    for item in session.scalars(fixed):
        # an offset belongs to its own day
        item.at = item.at.replace(tzinfo=None) + moved
    session.flush()
