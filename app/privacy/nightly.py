"""Erases once a night what is due, in a thread of the server's process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import WAITS, Database
from app.pdf.cache import Cache
from app.privacy.erasing import erase_due
from app.settings import Settings
from app.worker import Repeating

log = logging.getLogger("koolle")
LOOKS_EVERY = 600.0
UNLIKELY = timedelta(days=31)  # in which nobody signs in
NIGHT = 2  # before the backup of the night, so that it holds nothing that was due


class Eraser(Repeating):
    """Looks every ten minutes whether it is night and this night is not done; when it starts, what is due goes at once:
    a machine that is off at night, or a backup that was put back, keeps nothing too long."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]):
        super().__init__("erasing")
        self.database, self.settings, self.clock = database, settings, clock
        self.done: date | None = None

    def turn(self) -> float:
        at = self.clock()
        here = at.astimezone()
        if self.done is None and self.may_be_wrong(at):
            log.warning("erasing waits until the night: the clock is far ahead of what was noted last")
            self.done = here.date()
        if self.done is None or (here.hour >= NIGHT and self.done < here.date()):
            erase_all(self.database, self.settings, at)
            self.done = here.date()
        return LOOKS_EVERY

    def may_be_wrong(self, at: datetime) -> bool:
        """Whether a clock, when the machine starts, is so far ahead of the trail that it may not be set yet."""
        with self.database.session(readonly=True) as session:
            last = session.scalar(select(AuditEntry.at).order_by(AuditEntry.number.desc()).limit(1))
        return last is not None and at - last > UNLIKELY


def erase_all(database: Database, settings: Settings, at: datetime, *, by: str = "erase") -> list:
    """Erase what is due in the database, and the papers that the data folder keeps to be fast; returns what went."""
    acts = list(erase_due(database, settings, at, by=by))
    leave_nothing(database, settings)
    if acts:
        log.info("erased: %d acts, %d rows", len(acts), sum(act.held for act in acts))
    return acts


def leave_nothing(database: Database, settings: Settings) -> None:
    """Let neither this machine's papers nor the database's file hold what was erased and committed. Every night, also
    where nothing was due: another machine may have erased by day whose name is in this one's papers."""
    overwrite(database)
    Cache(settings.data / "papers").forget()


def overwrite(database: Database) -> None:
    """Let the database's file hold nothing of what was erased. SQLite: freed pages are zeros already (secure_delete),
    what its journal still has goes into them now. PostgreSQL gives the room free by itself (autovacuum)."""
    if not database.url.startswith("sqlite"):
        return
    with database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA busy_timeout=0")  # while somebody reads it would wait, and every writer with it
        try:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            driver.execute(f"PRAGMA busy_timeout={WAITS * 1000}")
