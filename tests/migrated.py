"""Databases in the newest shape, migrated once in each process and copied: a migration takes a second, a copy none."""

from __future__ import annotations

import tempfile
import uuid
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from app.db import Database
from app.migrations import migrate


@cache
def migrated_bytes() -> bytes:
    """What a migrated SQLite file holds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.db"
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


def new_file(file: Path) -> str:
    """Write a migrated SQLite file; returns its address."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(migrated_bytes())
    return f"sqlite:///{file}"


@cache
def _template(server: str) -> str:
    run(server, "CREATE DATABASE newest")
    _migrate(named(server, "newest"))
    return "newest"


def new_database(server: str, template: str | None = None) -> str:
    """Make a migrated database on a PostgreSQL, or a copy of another, by a name of its own; returns its address."""
    name = f"made_{uuid.uuid4().hex}"
    run(server, f"CREATE DATABASE {name} TEMPLATE {template or _template(server)}")
    return named(server, name)


def name_of(url: str) -> str | None:
    return make_url(url).database


def run(server: str, statement: str) -> None:
    """Run a statement outside of any transaction."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _migrate(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()
