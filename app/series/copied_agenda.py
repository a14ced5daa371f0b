"""Copies an agenda into another event: its items with their times moved, and what is chosen to come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Speaker
from app.agenda.queries import agenda_of
from app.events.models import Event
from app.memos.models import Attachment
from app.series.choosing import Choices
from app.series.columns import values_of
from app.series.moved import moved, shown

OWN = {"id", "event_id", "begun_at", "ended_at", "follow_up_id"}  # what happened to an item, and what it dealt with


@dataclass
class CopiedAgenda:
    """items: by the id of the item that each was made from. shifted: those whose fixed time the clock skips on the new
    day, as (title, the time meant, the time it has)."""

    items: dict[int, AgendaItem] = field(default_factory=dict)
    shifted: list[tuple[str, datetime, datetime]] = field(default_factory=list)


def copy_agenda(session: Session, source: Event, event: Event, days: int, choices: Choices) -> CopiedAgenda:
    """Copy the items, their fixed times so many days later; speakers and materials where they are chosen."""
    copied = CopiedAgenda()
    for original in agenda_of(session, source.id):
        item = AgendaItem(**values_of(original, OWN), event_id=event.id, speakers=[])
        meant = item.at = moved(original.at, days)
        if meant is not None:
            item.at = shown(meant, event.time_zone)
            if item.at != meant:
                copied.shifted.append((item.title, meant, item.at))
        if choices.has("speakers"):
            item.speakers = [Speaker(**values_of(one, {"id", "item_id"})) for one in original.speakers]
        copied.items[original.id] = item
    session.add_all(copied.items.values())
    session.flush()
    if choices.has("materials"):
        _copy_materials(session, copied.items)
    return copied


def _copy_materials(session: Session, items: Mapping[int, AgendaItem]) -> None:
    query = select(Attachment).where(Attachment.agenda_item_id.in_(items)).order_by(Attachment.position, Attachment.id)
    for one in session.scalars(query).all():
        about = values_of(one, {"id", "agenda_item_id"})
        session.add(Attachment(**about, agenda_item_id=items[one.agenda_item_id].id))
