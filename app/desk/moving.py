"""Changes an event's details together with what depends on its day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.details import change_event
from app.events.models import Event


def change_details(session: Session, event: Event, values: dict[str, Any]) -> None:
    """Store changed details; when the event moves to another day, the agenda's fixed times go along."""
    moved = values["starts_at"].date() - event.starts_at.date()
    change_event(session, event, values)
    if not moved:
        return
    fixed = select(AgendaItem).where(AgendaItem.event_id == event.id, AgendaItem.at.is_not(None))
    for item in session.scalars(fixed):
        # an offset belongs to its own day
        item.at = item.at.replace(tzinfo=None) + moved
    session.flush()
