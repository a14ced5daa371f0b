"""Who sends what the outbox holds: it says that it lives, and on SQLite takes its turns in a thread of the server's
process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event

from app.db import Database
from app.mail.claiming import release
from app.mail.outbox import can_send
from app.mail.sending import Sender, now_in_utc, sender_for
from app.mail.workers import BEATS_EVERY, beat, dead_workers, discharge, enlist
from app.mail.writing import Write, anything_unwritten, write_some
from app.settings import Settings
from app.worker import Repeating

LOOKS_EVERY = 1.0
LETS_OTHERS_IN = 0.02


class Heart(Repeating):
    """Says every few seconds that a worker lives, whatever mail server keeps it waiting, and lets go of what dead ones
    had claimed."""

    def __init__(self, database: Database, sender: Sender):
        super().__init__("post-heart")
        self.database, self.sender, self.told = database, sender, 0

    def begin(self) -> float:
        """Enlist the worker; what dead ones of this machine had claimed is free at once."""
        with self.database.session() as session:
            worker = enlist(session, self.sender.now())
        self.sender.worker = worker
        return self.turn()

    def beat_while(self, work: Callable[[], None], ended: Event) -> None:
        """Begin, beat beside a worker's whole work, then end in peace."""
        self.begin_before(ended)
        self.start()
        work()
        self.tried(self.end)

    def begin_before(self, ended: Event) -> None:
        """Begin, however long the database is not to be had, unless it ends before."""
        while not self.sender.worker and not ended.is_set():
            rest = self.tried(self.begin)
            if not self.sender.worker:
                ended.wait(rest)

    def turn(self) -> float:
        at, sent = self.sender.now(), self.sender.sent
        with self.database.session() as session:
            beat(session, self.sender.worker, sent - self.told, at)
            release(session, dead_workers(session, at), at)
        self.told = sent
        return BEATS_EVERY.total_seconds()

    def end(self) -> float:
        """Note that the worker ends in peace."""
        self.stop()
        with self.database.session() as session:
            discharge(session, self.sender.worker, self.sender.now())
        return 0


class Worker(Repeating):
    """Writes and sends until `stop`; where the installation has no way to send, it only writes."""

    def __init__(self, database: Database, settings: Settings, write: Write, now: Callable[[], datetime] = now_in_utc):
        super().__init__("post")
        self.database, self.settings, self.write = database, settings, write
        self.sender = sender_for(database, settings, self.ended, now)
        self.heart = Heart(database, self.sender)

    def run(self) -> None:
        self.heart.beat_while(super().run, self.ended)

    def turn(self) -> float:
        """Write what is unwritten and send what is due; returns the seconds to rest."""
        written = self._write_some()
        try:
            while can_send(self.settings) and not self.ended.is_set() and self.sender.send_some():
                written += self._write_some()
        finally:
            self.sender.rest()
        return LETS_OTHERS_IN if written else LOOKS_EVERY

    def _write_some(self) -> int:
        with self.database.session(readonly=True) as session:
            if not anything_unwritten(session):
                return 0
        with self.database.session() as session:
            return write_some(session, self.settings.secret, self.write)
