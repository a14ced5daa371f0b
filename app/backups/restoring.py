"""Puts a backup back: into a place of its own, checked there, and only then where Koolle looks for its database.

What was there before is moved aside, never deleted. The outbox is held: the backup may hold mails that have left since.
Nobody is signed in by what they had then, and no reset or invitation opens (app/backups/since.py).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, text

from app.backups.scratch import RESTORE, scratch
from app.backups.sealing import Unsealed
from app.backups.since import close_what_opens
from app.backups.taking import counts, private, tables_of
from app.db import Database
from app.errors import Refused
from app.migrations import SCRIPTS, unguarded

ASIDE = "before-restore"
GAP = 100_000  # keys that are left out: more than are given between a backup and its restore


@dataclass(frozen=True)
class Unpacked:
    """A backup in a folder of its own: what it says of itself, and its files."""

    manifest: dict
    folder: Path


@contextmanager
def unpacked(file: Path, secret: bytes, within: Path) -> Iterator[Unpacked]:
    """Yield a backup's contents, which lie in a folder within another and are deleted at the end. Raises Refused for
    what is no whole backup of ours."""
    with scratch(within, RESTORE) as folder:
        with open(file, "rb") as source:
            sealed = BufferedReader(Unsealed(source, secret), 1 << 16)
            try:
                with tarfile.open(fileobj=sealed, mode="r|gz") as bundle:
                    for member in bundle:
                        _unpack(bundle, member, folder)
                while sealed.read(1 << 16):
                    pass  # to its end, where it says that nothing is cut off
            except (tarfile.TarError, EOFError, OSError) as error:
                raise Refused("the backup is damaged: nothing of it is used") from error
        yield Unpacked(json.loads((folder / "manifest.json").read_text()), folder)


def _unpack(bundle: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    target = folder / member.name
    if not member.isfile() or not target.resolve().is_relative_to(folder.resolve()):
        raise Refused("the backup holds what no backup of ours holds")
    target.parent.mkdir(exist_ok=True)
    with bundle.extractfile(member) as content, open(target, "xb", opener=private) as out:
        shutil.copyfileobj(content, out)


def restore(backup: Unpacked, url: str, at: datetime) -> Path | None:
    """Put a backup in the place of the database at an address; returns where what was there before is now.

    Raises Refused where the backup is of the other kind of database, is not sound, or a PostgreSQL is not empty.
    """
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    if backup.manifest["database"] != kind:
        raise Refused(f"this is a backup of {backup.manifest['database']}, and KOOLLE_DATABASE_URL names {kind}")
    if kind == "postgresql":
        _into_postgresql(backup, url, at)
        return None
    return _as_file(backup, Path(url.removeprefix("sqlite:///")), at)


def _as_file(backup: Unpacked, target: Path, at: datetime) -> Path | None:
    copy = backup.folder / "koolle.db"
    check_file(copy)
    engine = create_engine(f"sqlite:///{copy}")
    with engine.begin() as connection:
        _settle(connection, at)
        _leave_out(connection)
    engine.dispose()
    target.parent.mkdir(parents=True, exist_ok=True)
    refuse_while_used(target)  # before the copy, which takes its time
    part = _beside(target, copy)
    try:
        aside = _moved_aside(target, at)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return aside


def _moved_aside(target: Path, at: datetime) -> Path | None:
    """Rename what is in a place, of which nobody may make use; returns the database, None where there is none.

    What SQLite had still to write is renamed even where its database is gone: it would be written into another one.
    """
    refuse_while_used(target)
    there = [ending for ending in ("", "-wal", "-shm") if Path(f"{target}{ending}").exists()]
    aside = target.with_name(f"{target.name}.{ASIDE}-{at:%Y%m%dT%H%M%SZ}")
    for ending in there:
        Path(f"{target}{ending}").rename(f"{aside}{ending}")
    return aside if aside.exists() else None


def _beside(target: Path, copy: Path) -> Path:
    """A copy written down where it has only to be renamed: a kill in the middle leaves what was there in its place."""
    part = target.with_name(f".{target.name}.restored")
    with open(copy, "rb") as source, open(part, "wb", opener=private) as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    return part


def check_file(file: Path) -> None:
    """Raise Refused for a SQLite file that is not sound."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise Refused(f"the database in the backup cannot be read: {error}") from error
    if not sound or broken:
        raise Refused("the database in the backup is not sound: it is not put in the place of the one that is there")


def refuse_while_used(file: Path) -> None:
    """Raise Refused while a server has the database open: SQLite lets nobody alone have it then."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise Refused("the database is in use: stop Koolle first, then restore") from error
        except sqlite3.DatabaseError:
            pass  # damaged, which is why one restores


def _settle(connection: Connection, at: datetime) -> None:
    connection.execute(
        text("UPDATE outbox SET held_at = :at, held_because = 'restored' WHERE held_at IS NULL"), {"at": at}
    )
    close_what_opens(connection)


def _leave_out(connection: Connection) -> None:
    """Give no key that was given after the backup: mails that have left since, and logs, name those rows still."""
    if inspect(connection).has_table("sqlite_sequence"):
        connection.execute(text("UPDATE sqlite_sequence SET seq = seq + :gap"), {"gap": GAP})


def _into_postgresql(backup: Unpacked, url: str, at: datetime) -> None:
    database = Database(url)
    try:
        with unguarded(database.writer) as connection:
            if inspect(connection).get_table_names():
                raise Refused("that PostgreSQL database is not empty: make a new one, and name it for the restore")
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS))
            config.attributes["connection"] = connection
            command.upgrade(config, backup.manifest["revision"])
            for table in tables_of(connection):
                _copy_in(connection, backup, table)
            _go_on_counting(connection)
            if counts(connection) != backup.manifest["rows"]:
                raise Refused("the backup holds other rows than it says: nothing of it is used")
            _settle(connection, at)
    finally:
        database.close()


def _copy_in(connection: Connection, backup: Unpacked, table: str) -> None:
    names = ", ".join(f'"{name}"' for name in backup.manifest["columns"][table])
    if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first():  # noqa: S608, our own tables' names
        connection.exec_driver_sql(f'DELETE FROM "{table}"')  # noqa: S608, what migrations have put there
    with connection.connection.driver_connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)') as copy:
            with open(backup.folder / "tables" / table, "rb") as rows:
                while data := rows.read(1 << 20):
                    copy.write(data)


def _go_on_counting(connection: Connection) -> None:
    """Let new rows get keys well after those that were put back, as SQLite does (`_leave_out`)."""
    columns = text(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id'"
        " AND column_default LIKE 'nextval%' AND table_name NOT LIKE 'procrastinate%'"
    )
    for table in connection.scalars(columns).all():
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'),"  # noqa: S608, our own tables' names
            f' (SELECT coalesce(max(id), 0) + 1 + {GAP} FROM "{table}"), false)'
        )
