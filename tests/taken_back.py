"""What is done in the block is taken back behind it, however many sessions have come to an end within."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def taken_back(connection: Connection) -> Iterator[None]:
    """Take back what is done on a connection in the block.

    SQLAlchemy leaves those savepoints open that it has rolled back to, and SQLite looks through all of them at each
    page that is written: behind two thousand requests, one took fifteen times as long.
    """
    connection.exec_driver_sql("SAVEPOINT before_it")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT before_it")
        connection.exec_driver_sql("RELEASE SAVEPOINT before_it")
