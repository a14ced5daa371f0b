"""Give no key twice, on SQLite as on PostgreSQL: what keeps the key of a row that is gone would then mean another one.

Without AUTOINCREMENT a table's next key is one more than the largest that is there (sqlite.org/autoinc.html). Tables are
made anew with it as sqlite.org/lang_altertable.html, section 7, has it: everything else in their texts stays, and so do
their indexes. In a database that is in use, the next key leaves out those that may have been given before to what is gone.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

GAP = 100_000  # as a restore leaves out (app/backups/restoring.py), which one of a database from before passes on
COLUMN = re.compile(r"\bid INTEGER NOT NULL\b")
KEY = re.compile(r",\s*CONSTRAINT (pk_\w+) PRIMARY KEY \(id\)")


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")  # what refers to a table by name goes on doing so
    query = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%AUTOINCREMENT%'")
    for name, made_by in connection.execute(query).all():
        if COLUMN.search(made_by) and KEY.search(made_by):
            _make_anew(connection, name, made_by)
    if connection.scalar(sa.text("SELECT EXISTS (SELECT 1 FROM accounts)")):
        connection.execute(sa.text("UPDATE sqlite_sequence SET seq = seq + :gap"), {"gap": GAP})
    connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")


def _make_anew(connection: sa.Connection, name: str, made_by: str) -> None:
    beside = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :name AND type IN ('index', 'trigger')"
                     " AND sql IS NOT NULL ORDER BY rowid")  # fmt: skip
    rest = connection.scalars(beside, {"name": name}).all()
    key = KEY.search(made_by)[1]
    begins = made_by.index("(")
    columns = COLUMN.sub(
        f"id INTEGER NOT NULL CONSTRAINT {key} PRIMARY KEY AUTOINCREMENT", KEY.sub("", made_by[begins:]), 1
    )
    connection.exec_driver_sql(f'CREATE TABLE "{name}_anew" {columns}')
    named = ", ".join(f'"{row[1]}"' for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")').all())
    connection.exec_driver_sql(f'INSERT INTO "{name}_anew" ({named}) SELECT {named} FROM "{name}"')  # noqa: S608
    connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "{name}_anew" RENAME TO "{name}"')
    for statement in rest:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Nothing goes back: the shape before says nothing of which key comes next."""
