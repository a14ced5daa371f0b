"""Takes a backup: the whole database as it is at one moment, while others write, sealed into one file.

Uploads and papers are rows (app/files), so that the database is all there is beside the secret. SQLite writes a copy by
VACUUM INTO; a plain copy of its file lacks what stands in its journal. Of PostgreSQL each table is copied out within
one snapshot; its jobs are not (the mails' rows are the truth, and jobs are planned anew).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from gzip import GzipFile
from io import BufferedWriter, BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, create_engine, inspect, text

from app.backups.keeping import kept, made_at, named
from app.backups.scratch import BACKUP, is_old, scratch
from app.backups.sealing import Sealed
from app.db import Database
from app.settings import Settings

FORMAT = "koolle-backup/1"
PART = ".koolle-", ".part"


def take(database: Database, settings: Settings, folder: Path, at: datetime) -> Path:
    """Write a backup into a folder, which is made where missing, and delete those that `kept` lets go; returns the
    file, which appears whole or not at all. Raises OSError for a folder that cannot be written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / named(at.astimezone(UTC))
    with scratch(settings.data, BACKUP) as open_copy, _part(folder) as (part, file):
        _write(database, settings.secret, file, open_copy, at)
        file.flush()
        os.fsync(file.fileno())
        part.replace(target)
    let_go(folder)
    return target


@contextmanager
def _part(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside its later name, of which nothing stays where it did not get that name."""
    handle, name = tempfile.mkstemp(prefix=PART[0], suffix=PART[1], dir=folder)
    try:
        with open(handle, "wb") as file:
            yield Path(name), file
    finally:
        Path(name).unlink(missing_ok=True)


def _write(database: Database, secret: bytes, file: BinaryIO, folder: Path, at: datetime) -> None:
    sealed = Sealed(file, secret)
    buffered = BufferedWriter(sealed, 1 << 16)
    with (
        GzipFile(fileobj=buffered, mode="wb", compresslevel=3) as packed,
        tarfile.open(fileobj=packed, mode="w|") as bundle,
    ):
        contents = _sqlite if database.url.startswith("sqlite") else _postgresql
        manifest = contents(database, bundle, folder) | {"format": FORMAT, "made_at": at.isoformat()}
        _add(bundle, "manifest.json", json.dumps(manifest, indent=1).encode())
    buffered.flush()
    sealed.finish()


def private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def backups_in(folder: Path) -> dict[datetime, Path]:
    """Return the backups of a folder by when they were made."""
    files = folder.iterdir() if folder.is_dir() else ()
    return {made: file for file in files if (made := made_at(file.name))}


def let_go(folder: Path) -> None:
    """Delete the backups that are not kept any more, and what a killed process left: others may be writing theirs, so
    only what is a day old. Koolle of before had its open copies here too."""
    there = backups_in(folder)
    for made in there.keys() - kept(there):
        there[made].unlink(missing_ok=True)
    for left in filter(is_old, folder.glob("*".join(PART))):
        left.unlink(missing_ok=True)
    for left in filter(is_old, folder.glob(f"{BACKUP}*")):
        shutil.rmtree(left, ignore_errors=True)


def tables_of(connection: Connection) -> list[str]:
    """Return the names of the database's own tables, whatever version they are of, each after those it refers to; not
    those of procrastinate."""
    names = [name for name, _keys in inspect(connection).get_sorted_table_and_fkc_names() if name]
    return [name for name in names if not name.startswith("procrastinate") and name != "alembic_version"]


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: connection.scalar(text(f'SELECT count(*) FROM "{name}"'))  # noqa: S608, our own tables' names
        for name in tables_of(connection)
    }


def _sqlite(database: Database, bundle: tarfile.TarFile, folder: Path) -> dict:
    copy = folder / "koolle.db"
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"), timeout=60)) as live:
        live.execute("VACUUM INTO ?", (str(copy),))
    os.chmod(copy, 0o600)
    bundle.add(copy, "koolle.db", filter=_plain)
    there = create_engine(f"sqlite:///{copy}")
    with there.connect() as connection:
        manifest = {"database": "sqlite", **_known(connection)}
    there.dispose()
    return manifest


def _postgresql(database: Database, bundle: tarfile.TarFile, folder: Path) -> dict:
    with database.reader.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
        columns = {}
        for table in tables_of(connection):
            columns[table] = [column["name"] for column in inspect(connection).get_columns(table)]
            file = folder / "rows"
            with open(file, "wb", opener=private) as out:
                for data in copied_out(connection, table, columns[table]):
                    out.write(data)
            bundle.add(file, f"tables/{table}", filter=_plain)
            file.unlink()
        return {"database": "postgresql", "columns": columns, **_known(connection)}


def copied_out(connection: Connection, table: str, columns: list[str]) -> Iterator[bytes]:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.connection.driver_connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) TO STDOUT (FORMAT BINARY)') as copy:
            for data in copy:
                yield bytes(data)


def _known(connection: Connection) -> dict:
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return {"revision": revision, "rows": counts(connection)}


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _add(bundle: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    bundle.addfile(member, BytesIO(content))
