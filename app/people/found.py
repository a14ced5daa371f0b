"""What rows are found by: a folded copy of their words beside them, so that the database itself can search.

Neither database folds ä to a by itself in the same way; a text that the application wrote is the same in both.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ColumnElement, Text, and_, event
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.people.collation import folded, words_of


class Found:
    """A table of which every row carries the words that it is found by; FOUND_BY names the columns that hold them."""

    FOUND_BY: ClassVar[tuple[str, ...]]

    @declared_attr
    def found_by(cls) -> Mapped[str]:
        return mapped_column(Text, default="", server_default="")

    @classmethod
    def found(cls, query: str) -> ColumnElement[bool]:
        """Return the condition that every word of the query stands somewhere in the row's words."""
        return and_(True, *(cls.found_by.contains(word, autoescape=True) for word in words_of(query)))


def found_by(words: dict[str, str | None], columns: tuple[str, ...]) -> str:
    """Return the folded text of a row's columns, one column a line."""
    return folded("\n".join(text for name in columns if (text := words.get(name))))


@event.listens_for(Found, "before_insert", propagate=True)
@event.listens_for(Found, "before_update", propagate=True)
def _follow(_mapper, _connection, row: Found) -> None:
    row.found_by = found_by({name: getattr(row, name) for name in row.FOUND_BY}, row.FOUND_BY)
