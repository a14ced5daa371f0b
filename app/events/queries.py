"""Reads of events that many rooms share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import bindparam, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, joinedload

from app.access import Signed
from app.db import DbSession
from app.errors import NotFound
from app.events.models import Event

COLUMNS = [column.key for column in Event.__mapper__.column_attrs]
WITH_CONVENER = select(Event).options(joinedload(Event.convener)).where(Event.id == bindparam("event_id"))


def event_by_id(session: Session, event_id: int) -> Event:
    """Return an event with its convener; raises NotFound."""
    event = session.scalar(WITH_CONVENER, {"event_id": event_id})
    if event is None:
        raise NotFound
    return event


def hold(session: Session, event_id: int) -> None:
    """Keep others from ordering or ticking the same event until this request ends; readers and answers go on.

    The event is from here on as whoever held it before has left it; raises NotFound where they deleted it. SQLite has
    one writer at a time and needs nothing; PostgreSQL locks the event's row without its key.
    """
    session.flush()  # a refresh forgets what is not stored yet
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    try:
        session.refresh(event, COLUMNS, with_for_update={"key_share": True})
    except InvalidRequestError as error:
        raise NotFound from error


def requested_event(event_id: int, session: DbSession, account: Signed) -> Event:
    return event_by_id(session, event_id)


RequestedEvent = Annotated[Event, Depends(requested_event)]
