"""What time alone brings about, beside the requests: seats that were kept long enough go to who is next, and scheduled
reminders leave.

Any number of servers may have this thread: an event that one of them is at is left alone by the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.db import Database
from app.invitations.offers import events_due, settle
from app.invitations.reminding import reminders_due, scheduled
from app.settings import Settings
from app.worker import Repeating

log = logging.getLogger("koolle")

LOOKS_EVERY = 60.0


def tick(database: Database, settings: Settings, at: datetime) -> None:
    """Do what is due, each event and each reminder in a transaction of its own; one at which something fails keeps none
    of the others."""
    with database.session(readonly=True) as session:
        waiting = scheduled(session)
    for reminder_id in waiting:
        with _alone("reminder", reminder_id), database.session() as session:
            reminders_due(session, settings, at, reminder_id)
    with database.session(readonly=True) as session:
        due = events_due(session, at)
    for event_id in due:
        with _alone("event", event_id), database.session() as session:
            settle(session, settings, event_id, at)


@contextmanager
def _alone(what: str, row_id: int) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        log.error("clock: %s %s: %s", what, row_id, type(error).__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Clock(Repeating):
    """The thread in the server's process that looks every minute."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime] = _now):
        super().__init__("clock")
        self.database, self.settings, self.now = database, settings, now

    def turn(self) -> float:
        tick(self.database, self.settings, self.now())
        return LOOKS_EVERY
