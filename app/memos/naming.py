"""Which lists and papers name somebody as a recipient."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.events.models import Event
from app.memos.models import Memo
from app.people.collation import sort_key
from app.people.models import DistributionList, Recipient


@dataclass(frozen=True)
class Named:
    """A list (`list_id`, its name), or the memo of an event (`event_id`, its title, of a template its name).

    field is the memo's, else None.
    """

    words: str
    field: str | None
    list_id: int | None
    event_id: int | None


def naming(session: Session, named: ColumnElement[bool]) -> list[Named]:
    """Return the lists whose recipients fulfil a condition (`Recipient.group_id == 7`), by name, then the memos,
    in one statement; exceptions count too."""
    fields = select(Recipient.field_id).where(named)
    lists = select(DistributionList.name, null().label("field"), DistributionList.id, null().label("event_id"))
    memos = [
        select(func.coalesce(Event.template, Event.title), literal(field), null(), Event.id)
        .join(Memo, Memo.event_id == Event.id)
        .where(column.in_(fields))
        for field, column in (("distribution", Memo.distribution_id), ("for_information", Memo.for_information_id))
    ]
    rows = session.execute(union_all(lists.where(DistributionList.field_id.in_(fields)), *memos))
    found = [Named(*row) for row in rows]
    return sorted(found, key=lambda it: (it.list_id is None, sort_key(it.words), it.field or ""))
