"""The installation of the environment, opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.errors import Refused


@contextmanager
def opened(**how) -> Iterator[tuple]:
    """Yield the database, in its newest shape, and the settings, read as `read_settings(**how)` does; a backup is made
    before the shape changes."""
    from sqlalchemy.exc import OperationalError

    from app.migrations import migrated
    from app.settings import read_settings

    settings = read_settings(**how)

    def keep(database) -> None:
        from app.backups.taking import take

        if settings.backups:
            take(database, settings, settings.backups, datetime.now(UTC))

    with migrated(settings.database_url, before=keep) as database:
        try:
            yield database, settings
        except OperationalError as error:
            raise Refused(f"the database cannot be used just now: {error.orig}") from error
