"""Reads of events that many rooms share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from app.access import Signed
from app.db import DbSession
from app.errors import NotFound
from app.events.models import Event

WITH_CONVENER = select(Event).options(joinedload(Event.convener)).where(Event.id == bindparam("event_id"))


def event_by_id(session: Session, event_id: int) -> Event:
    """Return an event with its convener; raises NotFound."""
    event = session.scalar(WITH_CONVENER, {"event_id": event_id})
    if event is None:
        raise NotFound
    return event


def hold(session: Session, event_id: int) -> None:
    """Keep others from ordering or ticking the same event until this request ends; readers and answers go on.

    SQLite has one writer at a time and needs nothing; PostgreSQL locks the event's row without its key.
    """
    session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))


def requested_event(event_id: int, session: DbSession, account: Signed) -> Event:
    return event_by_id(session, event_id)


RequestedEvent = Annotated[Event, Depends(requested_event)]
