"""Recipient fields in the database: stored and read as rows of terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.distribution.recipients import Term
from app.people.models import Recipient, RecipientField

OBJECTS = {"person": "person_id", "group": "group_id", "list": "list_id", "organisation": "organisation_id"}
Under = dict[tuple[int, int | None], list[tuple[Any, ...]]]  # rows by the field and the item that they stand under


def new_field(session: Session, terms: Iterable[Term] = ()) -> RecipientField:
    """Add a field with these terms and return it, with its id."""
    field = RecipientField()
    session.add(field)
    session.flush()
    store_terms(session, field.id, terms)
    return field


def store_terms(session: Session, field_id: int, terms: Iterable[Term]) -> None:
    """Replace what a field holds, in one statement for each depth of exceptions."""
    session.flush()
    session.execute(delete(Recipient).where(Recipient.field_id == field_id))
    depth = [(None, place, term) for place, term in enumerate(terms)]
    while depth:
        rows = [_row(field_id, above, place, term) for above, place, term in depth]
        adding = insert(Recipient).returning(Recipient.id, sort_by_parameter_order=True)
        ids = session.scalars(adding, rows).all()
        depth = [
            (row_id, place, but)
            for row_id, (_above, _place, term) in zip(ids, depth, strict=True)
            for place, but in enumerate(term.excepts)
        ]


def _row(field_id: int, except_of: int | None, place: int, term: Term) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(OBJECTS.values())
    if term.kind in OBJECTS:
        row[OBJECTS[term.kind]] = term.id
    return row | {
        "field_id": field_id, "except_of_id": except_of, "position": place, "kind": term.kind, "who": term.who,
        "event_id": term.event_id, "text": term.text,
    }  # fmt: skip


def load_terms(session: Session, field_id: int) -> tuple[Term, ...]:
    """Return what one field holds."""
    return load_fields(session, [field_id])[field_id]


def load_fields(session: Session, field_ids: Iterable[int]) -> dict[int, tuple[Term, ...]]:
    """Return what several fields hold, by their ids, in one query."""
    ids = list(field_ids)
    columns = (
        Recipient.id, Recipient.field_id, Recipient.except_of_id, Recipient.kind, Recipient.who, Recipient.person_id,
        Recipient.group_id, Recipient.list_id, Recipient.organisation_id, Recipient.event_id, Recipient.text,
    )  # fmt: skip
    order = Recipient.field_id, Recipient.position, Recipient.id
    under: Under = defaultdict(list)
    rows = session.execute(select(*columns).where(Recipient.field_id.in_(ids)).order_by(*order))
    for row_id, field_id, except_of, kind, who, person_id, group_id, list_id, organisation_id, event_id, text in rows:
        named = person_id or group_id or list_id or organisation_id
        under[field_id, except_of].append((row_id, kind, named, who, event_id, text))
    return {field_id: _terms(under, field_id, None) for field_id in ids}


def _terms(under: Under, field_id: int, except_of: int | None) -> tuple[Term, ...]:
    return tuple(
        Term(kind, named, who, event_id, text, _terms(under, field_id, row_id))
        for row_id, kind, named, who, event_id, text in under.get((field_id, except_of), ())
    )
