"""Brings a database to the newest shape, at the start and before every command."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Database

SCRIPTS = Path(__file__).parent.parent / "alembic"


def migrate(database: Database) -> None:
    """Run the migrations that are missing, all in one transaction; does nothing when there are none."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    with database.writer.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
