"""Brings a database to the newest shape, at the start and before every command."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError

from app.db import Database
from app.errors import BadSetting

ROOM = 4  # times the database: its backup, the tables that are made anew, and their journal
SCRIPTS = Path(__file__).parent.parent / "alembic"


def migrate(database: Database, before: Callable[[Database], object] | None = None) -> None:
    """Run the migrations that are missing, all in one transaction; does nothing when there are none.

    before is called first where there is a database to be changed: a backup of it is made then.
    """
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    if before:
        with database.reader.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found not in (None, head):
            refuse_without_room(database)
            before(database)
    with unguarded(database.writer) as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def refuse_without_room(database: Database) -> None:
    """Raise BadSetting where a SQLite file has too little room beside it for being backed up and made anew."""
    if not database.url.startswith("sqlite"):
        return
    file = Path(database.url.removeprefix("sqlite:///"))
    needed, free = ROOM * file.stat().st_size, shutil.disk_usage(file.parent).free
    if free < needed:
        raise BadSetting(
            "KOOLLE_DATABASE_URL", f"a new version changes the database, for which {needed:,} bytes must be free"
            f" beside it, and {free:,} are. Nothing was changed"
        )  # fmt: skip


@contextmanager
def unguarded(engine: Engine) -> Iterator[Connection]:
    """Yield a transaction in which SQLite does not follow foreign keys, and which ends only if all of them hold.

    Its tables are changed by being made anew (sqlite.org/lang_altertable.html, section 7), and to drop the old one
    would take with it whatever refers to it.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                    raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")
        finally:
            if sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


@contextmanager
def migrated(url: str, before: Callable[[Database], object] | None = None) -> Iterator[Database]:
    """Yield a database in its newest shape (`before`: see `migrate`); raises BadSetting for one that cannot be used."""
    try:
        database = Database(url)
        migrate(database, before)
    except CommandError as error:
        raise BadSetting("KOOLLE_DATABASE_URL", "the database was made by a newer Koolle than this one") from error
    except (ArgumentError, ValueError) as error:
        raise BadSetting("KOOLLE_DATABASE_URL", "is not the address of a database") from error
    except DatabaseError as error:
        raise BadSetting("KOOLLE_DATABASE_URL", f"the database cannot be used: {error.orig}") from error
    try:
        yield database
    finally:
        database.close()
