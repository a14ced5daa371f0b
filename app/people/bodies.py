"""Finds the organisation or the group whose name or abbreviation is written into a field."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.people.collation import folded, sort_key, words_of
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


def bodies_offered(session: Session, model: type[Body], query: str, most: int) -> list[str]:
    """Return the official names offered for a query: those of which a name begins with its words first, then by name.

    Where the query is one of them there is nothing more to offer.
    """
    words = words_of(query)
    if not words:
        return []
    rows = session.execute(select(model.name, model.found_by).where(model.found(query)))

    def place(row: Row) -> tuple:
        return sum(f"\n{word}" not in f"\n{row.found_by}" for word in words), sort_key(row.name)

    names = [row.name for row in sorted(rows, key=place)[:most]]
    return [] if folded(query) in map(folded, names) else names
