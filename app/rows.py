"""Adds many rows in one statement.

To PostgreSQL they go as one JSON document: a place in the statement for each value of thousands of rows takes its
driver several times as long to read as the database to add them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def add_rows(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]], returning: Column | None = None, *,
    unless: Sequence[str] | None = None,
) -> list[Any]:  # fmt: skip
    """Add rows, all with the same names, in their order; returns the named column of those that came to be.

    With unless those are left out of which there is one already: with the same values of these columns, or with none
    named, that collides in any way. Without it they raise IntegrityError.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        insert, values = _read_from_json(table, list(rows[0])), {"rows": json.dumps(rows, default=_written)}
    else:
        insert, values = sqlite.insert(table), rows
    if unless is not None:
        insert = insert.on_conflict_do_nothing(index_elements=unless or None)
    if returning is None:
        connection.execute(insert, values)
        return []
    return list(connection.execute(insert.returning(returning), values).scalars())


def _read_from_json(table: Table, names: list[str]) -> postgresql.Insert:
    columns = [column(name, table.c[name].type) for name in names]
    document = bindparam("rows", type_=postgresql.TEXT).cast(postgresql.JSON)
    read = func.json_to_recordset(document).table_valued(*columns, name="read").render_derived(with_types=True)
    return postgresql.insert(table).from_select(names, select(*read.c))


def _written(value: object) -> str:
    """Write what JSON has no form for as PostgreSQL reads it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"a {type(value).__name__} has no form in JSON")
