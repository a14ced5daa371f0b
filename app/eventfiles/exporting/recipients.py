"""Writes recipients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.distribution.fields import load_fields
from app.distribution.recipients import EVENT_KINDS, Term
from app.eventfiles.exporting.mentions import Mention, mention, without_empty
from app.eventfiles.importing.book import rows_by_id
from app.people.models import DistributionList


def list_entries(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what lists hold, by their ids."""
    rows = rows_by_id(session, DistributionList, ids)
    held = load_fields(session, [row.field_id for row in rows.values()]) if rows else {}
    return {id: without_empty({"name": row.name, "entries": entries(held[row.field_id])}) for id, row in rows.items()}


def entries(terms: Sequence[Term], own: int | None = None) -> list[dict[str, Any]]:
    """Return terms as entries; own is the event whose paper they stand in, which need not be named."""
    return [_entry(term, own) for term in terms]


def _entry(term: Term, own: int | None) -> dict[str, Any]:
    if term.kind == "text":
        value: Any = term.text
    elif term.kind in EVENT_KINDS:
        value = True
    else:
        value = mention("everyone" if term.kind == "organisation" else term.kind, term.id)
    entry = {term.kind: value, "who": term.who, "except": entries(term.excepts, own)}
    if term.event_id not in (None, own):
        entry["event"] = Mention("event", term.event_id)
    return without_empty(entry)
