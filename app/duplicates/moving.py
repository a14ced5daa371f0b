"""Moves everything that refers to one row over to another. The tables are asked, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table, UniqueConstraint, update
from sqlalchemy.orm import Session

from app.people.traces import referring_columns


def referring(table: Table) -> list[Column]:
    """Return the columns of all tables that refer to a table, whatever a deletion would do to them."""
    return referring_columns(table, hindering=False)


def move(session: Session, table: Table, gone_id: int, kept_id: int) -> None:
    """Let whatever refers to one row of a table refer to another; rows that would then be there twice are the caller's
    to join before (`once`)."""
    for column in referring(table):
        session.execute(update(column.table).where(column == gone_id).values({column.name: kept_id}))


def once(table: Table) -> set[str]:
    """Return the names of the tables in which a row of this table may stand only once beside something else."""
    return {column.table.name for column in referring(table) if any(column.name in key for key in _keys(column.table))}


def _keys(table: Table) -> Iterator[set[str]]:
    yield {column.name for column in table.primary_key}
    yield from ({column.name for column in key.columns} for key in table.constraints if _is_unique(key))
    yield from ({column.name for column in index.columns} for index in table.indexes if index.unique)


def _is_unique(constraint: object) -> bool:
    return isinstance(constraint, UniqueConstraint)
