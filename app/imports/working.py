"""What imports still have to do, a step at a time: within the request where it is little, else behind it.

A step is one transaction that also writes down how far it has come, so that the next process goes on where one died.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import dropwhile

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from app.db import Database
from app.imports.bringing import bring_chunk
from app.imports.checking import check_chunk
from app.imports.models import Import, ImportRow
from app.imports.reading import Row, Unreadable
from app.imports.starting import all_read, begin_rows, take_down
from app.imports.undoing import undo_chunk
from app.imports.uploading import open_source, organisation_words
from app.secretariats.scope import see_only
from app.worker import Repeating

AT_ONCE = 300
READ_AT_ONCE, LETTERS_AT_ONCE = 1000, 2_000_000
LOOKS_EVERY, LETS_OTHERS_IN = 1.0, 0.01
READING = 1  # the advisory locks of imports, on PostgreSQL
WORKING = ("reading", "checking", "bringing_in", "undoing")


def step(session: Session, held: Import, at: datetime) -> None:
    """Do the next rows of what the import is at."""
    if held.state == "checking":
        check_chunk(session, held)
    elif held.state == "bringing_in":
        bring_chunk(session, held, at)
    elif held.state == "undoing":
        undo_chunk(session, held, at)
    session.flush()


def at_once(session: Session, held: Import, at: datetime) -> None:
    """Do all of it now where it is little; else it is left to the worker."""
    while held.total <= AT_ONCE and held.state in WORKING[1:]:
        step(session, held, at)


def advance(database: Database, at: datetime) -> bool:
    """Do one step of any import that waits; returns False when there was nothing to do."""
    with database.session(readonly=True) as session:
        waiting = select(Import.id, Import.state).where(Import.state.in_(WORKING))
        # by chance, so that one that fails again and again holds up none of the others
        import_id, state = session.execute(waiting.order_by(func.random()).limit(1)).one_or_none() or (None, None)
    if state == "reading":
        with database.session(readonly=True) as session:
            if not is_ours(session, import_id):
                return False
            read_on(database, import_id)
    elif state:
        with database.session() as session:
            mine = select(Import).where(Import.id == import_id, Import.state == state)
            held = session.scalar(mine.with_for_update(skip_locked=True))
            if held:
                see_only(session, held.secretariat_id)
                step(session, held, at)
    return state is not None


def is_ours(session: Session, import_id: int) -> bool:
    """Whether this process, and no other on the same database, may read a source while the session lasts; a process
    that dies lets go of it. SQLite has one process."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(READING, import_id))))


def read_on(database: Database, import_id: int) -> None:
    """Read a large source to its end, past the rows that are taken down already; no row is held while it is read."""
    with database.session(readonly=True) as session:
        held = session.get_one(Import, import_id, options=[undefer(Import.source)])
        if held.state != "reading":
            return  # another process has come to its end meanwhile
        known, done = organisation_words(session), held.done
    try:
        read = open_source(held.kind if held.kind == "pasted" else None, held.name, held.source or b"", known)
        if not done:
            with database.session() as session:
                begin_rows(session, session.get_one(Import, import_id), read)
        with closing(read.rows):
            rows = dropwhile(lambda row: row.number <= done, read.rows)
            for batch in iter(lambda: next_rows(rows), []):
                with database.session() as session:
                    take_down(session, session.get_one(Import, import_id), batch)
        with database.session() as session:
            all_read(session, session.get_one(Import, import_id))
    except Unreadable as error:
        with database.session() as session:
            give_up(session, session.get_one(Import, import_id), error)


def next_rows(rows: Iterator[Row]) -> list[Row]:
    """Return the next rows of a source, so many that neither their number nor their letters are too many at a time."""
    batch, letters = [], 0
    while len(batch) < READ_AT_ONCE and letters < LETTERS_AT_ONCE and (row := next(rows, None)):
        batch.append(row)
        letters += sum(map(len, row.cells))
    return batch


def give_up(session: Session, held: Import, error: Unreadable) -> None:
    """Nothing of a source that cannot be read to its end is kept but why."""
    held.state, held.source, held.done, held.total = "failed", None, 0, 0
    held.problem = [f"read:{error.problem.code}", error.problem.values]
    session.execute(delete(ImportRow).where(ImportRow.import_id == held.id))


def _now() -> datetime:
    return datetime.now(UTC)


class Worker(Repeating):
    """The thread in the server's process that goes on with imports, giving way to everybody else after each step."""

    def __init__(self, database: Database, now: Callable[[], datetime] = _now):
        super().__init__("imports")
        self.database, self.now = database, now

    def turn(self) -> float:
        return LETS_OTHERS_IN if advance(self.database, self.now()) else LOOKS_EVERY
