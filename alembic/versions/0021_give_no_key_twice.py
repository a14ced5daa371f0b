"""Give no key twice, on SQLite as on PostgreSQL: what keeps the key of a row that is gone would then mean another one.

Without AUTOINCREMENT a table's next key is one more than the largest that is there (sqlite.org/autoinc.html). In a
database that is in use, the next keys leave out those that may have been given before to what is gone.
"""

import re

import sqlalchemy as sa
from alembic import op

from app.reshaping import on_sqlite, remade

revision = "0021"
down_revision = "0020"

GAP = 100_000  # as a restore leaves out (app/backups/restoring.py), which one of a database from before passes on
COLUMN = re.compile(r"\bid INTEGER NOT NULL\b")
KEY = re.compile(r",\s*CONSTRAINT (pk_\w+) PRIMARY KEY \(id\)")


def upgrade() -> None:
    if not on_sqlite():
        return
    connection = op.get_bind()
    query = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%AUTOINCREMENT%'")
    for name, made in connection.execute(query).all():
        if COLUMN.search(made) and KEY.search(made):
            remade(name, _keyed)
    if connection.scalar(sa.text("SELECT EXISTS (SELECT 1 FROM accounts)")):
        connection.execute(sa.text("UPDATE sqlite_sequence SET seq = seq + :gap"), {"gap": GAP})


def _keyed(made: str) -> str:
    key = KEY.search(made)[1]
    return COLUMN.sub(f"id INTEGER NOT NULL CONSTRAINT {key} PRIMARY KEY AUTOINCREMENT", KEY.sub("", made), count=1)


def downgrade() -> None:
    """Nothing goes back: the shape before says nothing of which key comes next."""
