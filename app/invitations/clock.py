"""What time alone brings about, beside the requests: seats that were kept long enough go to who is next, and scheduled
reminders leave.

Any number of servers may have this thread: an event that one of them is at is left alone by the others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.db import Database
from app.invitations.offers import events_due, settle
from app.invitations.reminding import anything_scheduled, reminders_due
from app.settings import Settings
from app.worker import Repeating

LOOKS_EVERY = 60.0


def tick(database: Database, settings: Settings, at: datetime) -> None:
    """Do what is due, each event in a transaction of its own."""
    with database.session(readonly=True) as session:
        due = events_due(session, at)
    for event_id in due:
        with database.session() as session:
            settle(session, settings, event_id, at)
    with database.session(readonly=True) as session:
        waiting = anything_scheduled(session)
    if waiting:
        with database.session() as session:
            reminders_due(session, settings, at)


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
