"""Recipient fields in the database: stored and read as rows of terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.distribution.recipients import Term
from app.people.models import Recipient, RecipientField

OBJECTS = {"person": "person_id", "group": "group_id", "list": "list_id", "organisation": "organisation_id"}


def new_field(session: Session, terms: Iterable[Term] = ()) -> RecipientField:
    """Add a field with these terms and return it, with its id."""
    field = RecipientField()
    session.add(field)
    session.flush()
    store_terms(session, field.id, terms)
    return field


def store_terms(session: Session, field_id: int, terms: Iterable[Term]) -> None:
    """Replace what a field holds."""
    session.execute(delete(Recipient).where(Recipient.field_id == field_id))
    _add(session, field_id, None, terms)


def _add(session: Session, field_id: int, except_of: int | None, terms: Iterable[Term]) -> None:
    for position, term in enumerate(terms):
        row = Recipient(
            field_id=field_id, except_of_id=except_of, position=position, kind=term.kind, who=term.who,
            event_id=term.event_id, text=term.text,
        )  # fmt: skip
        if term.kind in OBJECTS:
            setattr(row, OBJECTS[term.kind], term.id)
        session.add(row)
        session.flush()
        _add(session, field_id, row.id, term.excepts)


def load_terms(session: Session, field_id: int) -> tuple[Term, ...]:
    """Return what one field holds."""
    return load_fields(session, [field_id])[field_id]


def load_fields(session: Session, field_ids: Iterable[int]) -> dict[int, tuple[Term, ...]]:
    """Return what several fields hold, by their ids, in one query."""
    ids = list(field_ids)
    rows = session.scalars(
        select(Recipient)
        .where(Recipient.field_id.in_(ids))
        .order_by(Recipient.field_id, Recipient.position, Recipient.id)
    )
    under: dict[tuple[int, int | None], list[Recipient]] = defaultdict(list)
    for row in rows:
        under[row.field_id, row.except_of_id].append(row)

    def terms(field_id: int, except_of: int | None) -> tuple[Term, ...]:
        return tuple(
            Term(
                kind=row.kind,
                id=getattr(row, OBJECTS[row.kind]) if row.kind in OBJECTS else None,
                who=row.who,
                event_id=row.event_id,
                text=row.text,
                excepts=terms(field_id, row.id),
            )
            for row in under[field_id, except_of]
        )

    return {field_id: terms(field_id, None) for field_id in ids}
