"""Reads of agendas."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem, Speaker
from app.errors import NotFound
from app.people.models import Person


def agenda_of(session: Session, event_id: int) -> list[AgendaItem]:
    """Return an event's items in order, with speakers, their people and organisations loaded; two queries."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id)
    query = query.order_by(AgendaItem.position, AgendaItem.id).options(_with_speakers())
    return list(session.scalars(query))


def item_of(session: Session, event_id: int, item_id: int) -> AgendaItem:
    """Return one item of an event, loaded as in agenda_of; raises NotFound."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
    item = session.scalar(query.options(_with_speakers()))
    if item is None:
        raise NotFound
    return item


def _with_speakers():
    return selectinload(AgendaItem.speakers).joinedload(Speaker.person).joinedload(Person.organisation)
