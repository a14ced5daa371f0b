"""How a migration changes a table where SQLite has no statement for it: the table is made anew, rows and all
(sqlite.org/lang_altertable.html, section 7). For alembic/versions, within `app.migrations.unguarded`."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op


def on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def remade(table: str, edit: Callable[[str], str]) -> None:
    """Make a table of SQLite anew by an edit of what made it, with all its rows and indexes: Alembic's own way forgets
    its CHECKs."""
    connection = op.get_bind()
    made = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL")
    [old] = connection.scalars(made, {"table": table, "type": "table"})
    indexes = connection.scalars(made, {"table": table, "type": "index"}).all()
    new = re.sub(rf'^CREATE TABLE "?{table}"?', "CREATE TABLE remade", edit(old))
    op.execute(sa.text(new.replace(":", r"\:")))
    columns = ", ".join(f'"{one["name"]}"' for one in sa.inspect(connection).get_columns("remade"))
    op.execute(f"INSERT INTO remade ({columns}) SELECT {columns} FROM {table}")  # noqa: S608, our own tables' names
    op.drop_table(table)
    op.rename_table("remade", table)
    for index in indexes:
        op.execute(index)


def values_of(table: str, column: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let a column that holds one of several values (app/db.py, `one_of`) hold others than before."""
    old, new = (", ".join(f"'{value}'" for value in values) for values in (before, after))
    if on_sqlite():
        remade(table, lambda made: made.replace(f"{column} IN ({old})", f"{column} IN ({new})"))
        return
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, sa.text(f"{column} IN ({new})"))
