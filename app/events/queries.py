"""Reads of events that many rooms share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import bindparam, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, joinedload

from app.access import Signed
from app.db import DbSession
from app.errors import NotFound, Refused
from app.events.models import TAKES_PLACE, Event
from app.language import gettext as _

COLUMNS = [column.key for column in Event.__mapper__.column_attrs]
WITH_CONVENER = select(Event).options(joinedload(Event.convener)).where(Event.id == bindparam("event_id"))


def event_by_id(session: Session, event_id: int) -> Event:
    """Return an event with its convener; raises NotFound."""
    event = session.scalar(WITH_CONVENER, {"event_id": event_id})
    if event is None:
        raise NotFound
    return event


def recent_events(session: Session, most: int) -> list[Event]:
    """Return the events that were made last, with their conveners, the newest first."""
    query = select(Event).options(joinedload(Event.convener)).where(TAKES_PLACE)
    return list(session.scalars(query.order_by(Event.id.desc()).limit(most)))


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


# by their first part, the addresses of an event at which a template is written; all others invite, send or record
OF_TEMPLATES = {"details", "agenda", "survey", "memo", "copy", "template", "delete"}
LETTER = ("invitation", "letter")


def requested_event(request: Request, event_id: int, session: DbSession, account: Signed) -> Event:
    event = event_by_id(session, event_id)
    if is_archived(event) and request.method == "POST":
        raise Refused(
            _("The personal data of this event have been erased: what is left of it can be read, and not changed.")
        )
    if event.template is not None and request.method == "POST":
        parts = request.scope["path"].split("/")[3:]  # behind /events/12
        if parts[0] not in OF_TEMPLATES and tuple(parts[:2]) != LETTER:
            refuse_template(event)
    return event


def is_archived(event: Event) -> bool:
    """Whether an event can only be looked at: its personal data have been erased."""
    return event.erased_at is not None


def refuse_template(event: Event) -> None:
    """Raise Refused for a template."""
    if event.template is not None:
        raise Refused(
            _("“%(name)s” is a template: nobody is invited to it, nothing is sent from it. Convene an event from it.")
            % {"name": event.template}
        )


RequestedEvent = Annotated[Event, Depends(requested_event)]
