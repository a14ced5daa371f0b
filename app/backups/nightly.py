"""Takes a backup every night, in a thread of the server's process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from app.backups.keeping import due
from app.backups.scratch import clear
from app.backups.taking import backups_in, take
from app.db import Database
from app.settings import Settings
from app.worker import Repeating

log = logging.getLogger("koolle")
LOOKS_EVERY = 600.0


class Nightly(Repeating):
    """Looks every ten minutes whether a backup is due in the settings' folder; several machines share the folder."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]):
        super().__init__("backups")
        self.database, self.settings, self.clock = database, settings, clock

    def turn(self) -> float:
        at = self.clock()
        clear(self.settings.data)
        made = [one.replace(tzinfo=UTC) for one in backups_in(self.settings.backups)]
        newest = max((one for one in made if one <= at), default=None)  # a clock that was ahead has stopped no other
        if due(newest and newest.astimezone(), at.astimezone()):
            file = take(self.database, self.settings, self.settings.backups, at)
            log.info("a backup is made: %s, %d bytes", file.name, file.stat().st_size)
        return LOOKS_EVERY
