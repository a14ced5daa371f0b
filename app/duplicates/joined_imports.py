"""Keeps the undoing of an import from taking back what has become part of a merged person."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.models import ImportRow
from app.people.models import Membership, Recipient

BESIDE = {
    "memberships": (Membership, ("group_id", "role")),
    "recipients": (Recipient, ("field_id", "except_of_id")),
}


def join_import_rows(session: Session, kept_id: int, gone_id: int) -> None:
    """An import has made the one person only where it has made both records; a place that both had, it has not made.

    `made` names what is deleted when an import is taken back (imports/undoing.py).
    """
    rows = session.scalars(select(ImportRow).where(ImportRow.person_id.in_((kept_id, gone_id)))).all()
    makers = {row.made["person"]: row.import_id for row in rows if "person" in row.made}
    by_one = makers.get(kept_id) is not None and makers.get(kept_id) == makers.get(gone_id)
    twice = {name: _twice(session, name, kept_id, gone_id) for name in BESIDE} if rows else {}
    for row in rows:
        made: dict[str, Any] = {}
        for name, what in row.made.items():
            if name == "person":
                made |= {name: kept_id} if by_one else {}
            else:
                made[name] = [one for one in what if one not in twice[name]] if name in twice else what
        row.made = made
    session.flush()


def _twice(session: Session, name: str, kept_id: int, gone_id: int) -> set[int]:
    """The ids of the rows that both people have beside the same thing."""
    model, beside = BESIDE[name]
    query = select(model.id, *(getattr(model, column) for column in beside))
    rows = session.execute(query.where(model.person_id.in_((kept_id, gone_id)))).all()
    places = Counter(row[1:] for row in rows)
    return {row.id for row in rows if places[row[1:]] > 1}
