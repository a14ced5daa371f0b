"""The database: one class for both kinds, and the session of a request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, String, TypeDecorator, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from starlette.concurrency import run_in_threadpool

# A server that is gone without a word is found out within seconds: by who connects, and by who waits for an answer
# from a machine that acknowledges nothing (libpq, "Parameter Key Words"; the last in milliseconds).
REACH = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
WAITS = 10  # seconds, for a SQLite that another has locked
MOST_VALUES = 10_000  # in one statement: SQLite takes 32,766 and PostgreSQL twice that
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator):
    """A point in time: aware, in UTC, in both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalTime(TypeDecorator):
    """A date and time on the event's own clock, as ISO 8601 text to the minute: `2026-10-25T03:30`.

    It is no instant until the event's time zone is applied, and stays right when a zone's law changes. An hour that
    occurs twice may carry its offset (`…+02:00`); neither database has a type for that, and the text sorts.
    """

    impl = String(22)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.isoformat(timespec="minutes") if value is not None else None

    def process_result_value(self, value, dialect):
        return datetime.fromisoformat(value) if value is not None else None


def one_of(name: str, *values: str) -> Enum:
    """A text column that holds one of the values, checked by the database."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids in parts that one statement can take."""
    listed = list(ids)
    for start in range(0, len(listed), MOST_VALUES):
        yield listed[start : start + MOST_VALUES]


class Database:
    """Sessions on one database: any number that read, and writers one at a time on SQLite.

    A reading session cannot write: the database itself refuses, which makes every GET safe by construction.
    readers and writers are how many sessions of each kind there are connections for.
    """

    readers = writers = 8

    def __init__(self, url: str):
        self.url = url
        if url.startswith("sqlite"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self.writers = 1
            self.writer = self._alone = _sqlite(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
            self.reader = _sqlite(url, "BEGIN", readonly=True, pool_size=self.readers)
        else:
            size = self.readers + self.writers
            said = make_url(url).query  # what the address itself says stands
            reach = {name: value for name, value in REACH.items() if name not in said}
            kept = {"connect_args": reach, "hide_parameters": True}
            self.writer = create_engine(url, pool_size=size, pool_pre_ping=True, **kept)
            self.reader = self.writer.execution_options(postgresql_readonly=True)
            self._alone = create_engine(url, pool_size=1, isolation_level="AUTOCOMMIT", **kept)

    @contextmanager
    def session(self, *, readonly: bool = False) -> Iterator[Session]:
        """Yield a session that commits at the end, or rolls back if anything is raised."""
        with Session(self.reader if readonly else self.writer, expire_on_commit=False) as session:
            with session.begin():
                yield session

    def run_alone(self, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any] | None:
        """Run a statement, as the driver takes it, in a transaction of its own; returns its first row. Raises
        DBAPIError.

        For the one that thousands wait for in turn: SQLAlchemy's way there and back takes ten times what SQLite does,
        and PostgreSQL needs one turn of the network for what commits by itself, in place of five.
        """
        pooled = self._alone.raw_connection()
        try:
            rows = pooled.driver_connection.execute(statement, values).fetchall()  # SQLite commits behind the last row
            return rows[0] if rows else None
        except self.dialect.loaded_dbapi.Error as error:
            pooled.invalidate()
            base = self.dialect.loaded_dbapi.Error
            raise DBAPIError.instance(statement, None, error, base, hide_parameters=True) from error
        finally:
            pooled.close()

    @property
    def dialect(self) -> Dialect:
        return self.writer.dialect

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()
        self._alone.dispose()


def _sqlite(url: str, begin: str, *, readonly: bool = False, **pool) -> Engine:
    engine = create_engine(
        url, connect_args={"timeout": WAITS, "check_same_thread": False}, hide_parameters=True, **pool
    )

    @event.listens_for(engine, "connect")
    def prepare(connection, _record):
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "secure_delete=ON",  # what is erased is overwritten with zeros, not only unlinked
            f"query_only={'ON' if readonly else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection):
        connection.exec_driver_sql(begin)

    return engine


class Turns:
    """Lets in no more requests at a time than there are connections for.

    The parts of one request run in one thread after another. Were more let in, those that wait for a connection could
    take up every thread, and those that hold one would wait for a thread: nobody would come on.
    """

    def __init__(self, database: Database):
        self.reading, self.writing = asyncio.Semaphore(database.readers), asyncio.Semaphore(database.writers)


async def turn(request: Request) -> AsyncIterator[None]:
    turns: Turns = request.app.state.turns
    if request.method in ("GET", "HEAD"):
        async with turns.reading:
            yield
        if (write := getattr(request.state, "afterwards", None)) and not turns.writing.locked():
            async with turns.writing:
                await run_in_threadpool(write_afterwards, request.app.state.database, write)
    else:
        await request.body()  # all of it before the turn: who sends slowly keeps nobody waiting
        async with turns.writing:
            yield


def write_afterwards(database: Database, write: Callable[[Session], None]) -> None:
    """Write the little that a page leaves when it has been read, in a transaction of its own. It comes when nobody else
    writes, else with the next page; where it cannot be written, the page is shown all the same."""
    with suppress(SQLAlchemyError), database.session() as session:
        write(session)


Turn = Annotated[None, Depends(turn, scope="function")]


def request_session(request: Request, _turn: Turn) -> Iterator[Session]:
    """The one transaction of a request: committed before the response is sent, read-only for GET and HEAD.

    The last thing that is written in it says who did what (app/audit/noting.py).
    """
    reads = request.method in ("GET", "HEAD")
    with request.app.state.database.session(readonly=reads) as session:
        yield session
        if not reads:
            request.app.state.note(request, session)


DbSession = Annotated[Session, Depends(request_session, scope="function")]
