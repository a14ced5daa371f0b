"""Adds, changes, orders and removes the items of an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Speaker
from app.agenda.queries import agenda_of
from app.events.models import Event
from app.events.queries import hold


@dataclass(frozen=True)
class Speaking:
    """One speaker as a form gives them: a person of the address book by id, or somebody from outside by name."""

    person_id: int | None = None
    name: str | None = None
    title: str | None = None
    organisation: str | None = None


def add_item(session: Session, event: Event, values: dict[str, Any], speakers: Sequence[Speaking]) -> AgendaItem:
    """Store a new item at the end of an event's agenda; values are its columns."""
    hold(session, event.id)
    last = session.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.event_id == event.id))
    item = AgendaItem(event_id=event.id, position=0 if last is None else last + 1, **values, speakers=_rows(speakers))
    session.add(item)
    session.flush()
    return item


def change_item(session: Session, item: AgendaItem, values: dict[str, Any], speakers: Sequence[Speaking]) -> None:
    """Store an item's changed columns and its speakers; the item comes with its speakers loaded."""
    for name, value in values.items():
        setattr(item, name, value)
    item.speakers = _rows(speakers)
    session.flush()


def remove_item(session: Session, item: AgendaItem) -> None:
    session.delete(item)
    session.flush()


def move_item(session: Session, event: Event, item_id: int, steps: int) -> None:
    """Move an item up (negative) or down by a number of places, not past the ends."""
    order = _order(session, event)
    if item_id in order:
        place = order.index(item_id)
        order.remove(item_id)
        order.insert(max(place + steps, 0), item_id)
        _number(session, event, order)


def reorder(session: Session, event: Event, wanted: Sequence[int]) -> None:
    """Put items in a wanted order; those that it does not name, being newer than the page, stay behind in theirs."""
    order = _order(session, event)
    known = [item_id for item_id in dict.fromkeys(wanted) if item_id in order]
    _number(session, event, known + [item_id for item_id in order if item_id not in known])


def _order(session: Session, event: Event) -> list[int]:
    hold(session, event.id)
    query = select(AgendaItem.id).where(AgendaItem.event_id == event.id)
    return list(session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _number(session: Session, event: Event, order: Sequence[int]) -> None:
    for item in agenda_of(session, event.id):
        item.position = order.index(item.id)
    session.flush()


def _rows(speakers: Sequence[Speaking]) -> list[Speaker]:
    return [
        Speaker(position=place, person_id=one.person_id, name=one.name, title=one.title, organisation=one.organisation)
        for place, one in enumerate(speakers)
    ]
