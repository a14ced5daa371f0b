"""Brings in recipients: lists, a paper's distribution, its for information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.distribution.fields import load_fields, new_field, store_terms
from app.distribution.recipients import Term
from app.eventfiles.importing.book import Book, rows_by_id
from app.eventfiles.importing.report import Report
from app.eventfiles.kinds import each
from app.eventfiles.names import OWN, folded
from app.eventfiles.shape import RECIPIENTS
from app.people.models import DistributionList


def name_lists(session: Session, draft: Mapping[str, Any], book: Book) -> dict[str, DistributionList]:
    """Make the lists that are new, empty for now, so that lists can hold lists; return all that are listed."""
    installed = book.names.installed.lists
    keys = {folded(entry["name"]): entry["name"] for _place, entry in each(draft.get("lists"), "")}
    known = rows_by_id(session, DistributionList, (installed[key] for key in keys if key in installed))
    rows = {}
    for key, name in keys.items():
        if key in installed:
            rows[key] = known[installed[key]]
        else:
            rows[key] = DistributionList(name=name, field_id=new_field(session).id)
            session.add(rows[key])
    session.flush()
    book.lists = dict(installed) | {key: row.id for key, row in rows.items()}
    return rows


def fill_lists(
    session: Session,
    draft: Mapping[str, Any],
    rows: Mapping[str, DistributionList],
    book: Book,
    own: int,
    report: Report,
) -> None:
    """Store what the lists hold; own is the id of the event of the file."""
    before = load_fields(session, [row.field_id for row in rows.values()])
    for _place, entry in each(draft.get("lists"), ""):
        row = rows[folded(entry["name"])]
        terms = tuple(terms_of(entry.get("entries") or (), book, own))
        had = before[row.field_id]
        differ = "entries" in entry and terms != had
        if differ:
            store_terms(session, row.field_id, terms)
        if folded(entry["name"]) in book.names.installed.lists:
            report.matched("list", row.name, [f"entries: {len(had)} → {len(terms)}"] if differ else [])
        else:
            report.created("list", row.name)


def terms_of(entries: Sequence[Mapping[str, Any]], book: Book, own: int | None) -> list[Term]:
    """Return entries as terms; own stands where an entry names the event of the file: None in its own papers."""
    return [_term(entry, book, own) for entry in entries]


def _term(entry: Mapping[str, Any], book: Book, own: int | None) -> Term:
    kind = next(kind for kind in RECIPIENTS if entry.get(kind) is not None)
    value = entry[kind]
    found = {
        "person": lambda: book.person(value).id,
        "group": lambda: book.groups[book.names.group(value)],
        "list": lambda: book.lists[book.names.list(value)],
        "organisation": lambda: book.organisation_id(value),
    }.get(kind, lambda: None)()
    other = book.names.event(entry["event"]) if entry.get("event") else None
    return Term(
        kind=kind,
        id=found,
        who=entry.get("who"),
        event_id=own if other == OWN else other,
        text=value if kind == "text" else None,
        excepts=tuple(terms_of(entry.get("except") or (), book, own)),
    )
