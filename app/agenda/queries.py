"""Reads of agendas."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem, Speaker
from app.errors import NotFound
from app.people.models import Person

WITH_SPEAKERS = selectinload(AgendaItem.speakers).joinedload(Speaker.person).joinedload(Person.organisation)
WHOLE = (
    select(AgendaItem)
    .options(WITH_SPEAKERS)
    .where(AgendaItem.event_id == bindparam("event_id"))
    .order_by(AgendaItem.position, AgendaItem.id)
    .execution_options(populate_existing=True)
)


def agenda_of(session: Session, event_id: int) -> list[AgendaItem]:
    """Return an event's items in order, with speakers, their people and organisations loaded; two queries."""
    return list(session.scalars(WHOLE, {"event_id": event_id}))


def dealt_with(session: Session, event_id: int) -> list[AgendaItem]:
    """Return what is on an event's agenda, without the sections that only head it."""
    return [item for item in agenda_of(session, event_id) if item.kind != "section"]


def item_of(session: Session, event_id: int, item_id: int) -> AgendaItem:
    """Return one item of an event, loaded as in agenda_of; raises NotFound."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
    item = session.scalar(query.options(WITH_SPEAKERS))
    if item is None:
        raise NotFound
    return item
