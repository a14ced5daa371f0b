"""Everything that a database holds, as text."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.orm import Session


def whole(session: Session) -> str:
    connection = session.connection()
    tables = [table for table in inspect(connection).get_table_names() if not table.startswith("procrastinate")]
    rows = (row for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'))  # noqa: S608
    return "\n".join(str(bytes(cell) if isinstance(cell, memoryview) else cell) for row in rows for cell in row)
