"""Finds the organisation or the group whose name or abbreviation is written into a field."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.people.collation import distance, folded, sort_key, words_of
from app.people.models import Group, Organisation

Body = TypeVar("Body", Organisation, Group)


def bodies_called(session: Session, model: type[Body], text: str) -> list[Body]:
    """Return the organisations (or the groups) of which a text is a name or an abbreviation, by one statement.

    Where it is the official name of one, that one is meant, whatever others abbreviate to.
    """
    wanted = folded(" ".join(text.split()))
    lines = "\n" + model.found_by + "\n"
    called = select(model).where(lines.contains(f"\n{wanted}\n", autoescape=True)).order_by(model.id)
    found = list(session.scalars(called)) if wanted else []
    return [it for it in found if folded(it.name) == wanted] or found


def bodies_offered(session: Session, model: type[Body], query: str, most: int) -> list[Row]:
    """Return what is offered for a query, as rows of id and official name: the nearest first, then by name.

    Where the query is one of the names there is nothing more to offer.
    """
    words = words_of(query)
    if not words:
        return []
    found = session.execute(select(model.id, model.name, model.found_by).where(model.found(query)))
    rows = sorted(found, key=lambda row: (distance(words, row.found_by), sort_key(row.name)))[:most]
    return [] if folded(query) in [folded(row.name) for row in rows] else rows
