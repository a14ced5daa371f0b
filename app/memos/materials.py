"""The materials of an agenda: files that belong to one of its items, for those who come, before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.errors import NotFound
from app.files.models import StoredFile
from app.files.words import kind_words, size_words
from app.memos.attaching import next_position, put_in_order, stored
from app.memos.models import Attachment
from app.memos.uploads import File


@dataclass(frozen=True)
class Material:
    """A file of an item: kind (PDF) and size in words."""

    id: int
    title: str
    kind: str
    size: str


def materials_of(session: Session, event_id: int) -> dict[int, list[Material]]:
    """Return the materials of an event's agenda by item, in order; one query."""
    query = (
        select(Attachment, StoredFile.size)
        .join(AgendaItem, AgendaItem.id == Attachment.agenda_item_id)
        .join(StoredFile, StoredFile.sha256 == Attachment.sha256)
        .where(AgendaItem.event_id == event_id)
        .order_by(Attachment.position, Attachment.id)
    )
    found: dict[int, list[Material]] = defaultdict(list)
    for one, size in session.execute(query):
        title = one.title or one.file_name or ""
        found[one.agenda_item_id].append(Material(one.id, title, kind_words(one.file_name), size_words(size)))
    return dict(found)


def material_of(session: Session, event_id: int, material_id: int) -> Attachment:
    """Return a material of an event's agenda; raises NotFound."""
    query = select(Attachment).join(AgendaItem, AgendaItem.id == Attachment.agenda_item_id)
    one = session.scalar(query.where(AgendaItem.event_id == event_id, Attachment.id == material_id))
    if one is None:
        raise NotFound
    return one


def add_material(session: Session, item: AgendaItem, file: File, title: str | None) -> None:
    """Store a file with an item, after its others."""
    attachment = stored(session, file, title=title, position=next_position(_of_item(session, item.id)))
    attachment.agenda_item_id = item.id
    session.add(attachment)
    session.flush()


def rearrange_material(session: Session, item: AgendaItem, material_id: int, action: str) -> None:
    """Move a material of an item `up` or `down`, or `remove` it."""
    put_in_order(session, _of_item(session, item.id), material_id, action)
    session.flush()


def _of_item(session: Session, item_id: int) -> list[Attachment]:
    mine = select(Attachment).where(Attachment.agenda_item_id == item_id)
    return list(session.scalars(mine.order_by(Attachment.position, Attachment.id)))
