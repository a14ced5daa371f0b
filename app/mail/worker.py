"""Sends what the outbox holds, one mail at a time; on SQLite, in a thread of the server's process.

Mails are claimed a few at a time, which costs one commit for all; each is recorded by a commit of its own, which is
made while the mail server takes the next one's addresses and is done before the next one's text goes. So at most one
mail is on its way that is not recorded.
"""

from __future__ import annotations

import logging
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

from app.db import Database
from app.mail.claiming import Claimed, anything_due, claim_some, give_back, record, record_sent, release, still_mine
from app.mail.compose import domain
from app.mail.holding import pause
from app.mail.outbox import can_send
from app.mail.retrying import Attempt, Outcome, outcome_of
from app.mail.returning import envelope_sender
from app.mail.sealing import Unreadable, unseal
from app.mail.smtp import MailServer
from app.mail.workers import BEATS_EVERY, beat, dead_workers, discharge, enlist
from app.mail.writing import Write, anything_unwritten, write_some
from app.settings import Settings
from app.worker import Repeating

log = logging.getLogger("koolle")

LOOKS_EVERY = 1.0
LETS_OTHERS_IN = 0.02
AT_ONCE = 20
GONE_FOR_NOW = (OperationalError, InterfaceError, TimeoutError)  # the database: a full disk, a lost connection
JUST_NOW = 0.05  # seconds: what was asked so long ago need not be asked again

Deliver = Callable[[str, str, bytes, Callable[[], bool]], Attempt]


def keep(sender: str, recipient: str, content: bytes, wanted: Callable[[], bool] = lambda: True) -> Attempt:
    """The demo's mail server: the mail counts as sent and is read on the mailbox page."""
    return Attempt("dot", 250, "kept in the mailbox") if wanted() else Attempt("data", None, "withdrawn")


def now_in_utc() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Sends for one worker of the outbox. deliver hands one mail to the mail server and rest ends a burst; now tells
    what is due; after ended, what was claimed and has not begun to leave is given back."""

    def __init__(
        self, database: Database, settings: Settings, deliver: Deliver, worker: str = "",
        now: Callable[[], datetime] = now_in_utc, *, ended: Event | None = None,
        rest: Callable[[], None] = lambda: None,
    ):  # fmt: skip
        self.database, self.settings, self.deliver, self.worker, self.now = database, settings, deliver, worker, now
        self.ended, self.rest = ended or Event(), rest
        self.sent, self.more = 0, False
        self.unrecorded: deque[tuple[Claimed, Outcome]] = deque()
        self.untried: deque[Claimed] = deque()
        self.recorder = ThreadPoolExecutor(1, thread_name_prefix="post-recorder")

    def send_some(self, most: int = AT_ONCE) -> list[Outcome]:
        """Send the next mails that are due; returns how each ended, none where none was due. Stops at a fault of our
        own side, which pauses the outbox."""
        self.catch_up()
        if not self.more:
            with self.database.session(readonly=True) as session:
                if not anything_due(session, self.now()):
                    return []
        with self.database.session() as session:
            claimed = claim_some(session, self.now(), self.worker, most)
        self.more = len(claimed) == most
        return self.send(claimed)

    def send(self, claimed: Sequence[Claimed]) -> list[Outcome]:
        """Send mails that this worker has claimed, one after the other; returns how each ended."""
        outcomes: list[Outcome] = []
        recorded: Future[float | None] | None = None
        for place, one in enumerate(claimed):
            if self.ended.is_set():
                self._give_back(claimed[place:])
                break
            try:
                outcome = self._attempt(one, recorded)
            except Exception:  # the database's: nothing of this mail has left
                self.untried.extend(claimed[place:])
                raise
            outcomes.append(outcome)
            self.sent += outcome.state == "sent"
            following = claimed[place + 1] if place + 1 < len(claimed) else None
            recorded = self.recorder.submit(self._record, one, outcome, following)
            if outcome.ours:
                recorded.result()
                self._pause(outcome, claimed[place + 1 :])
                break
        if recorded:
            recorded.result()
        return outcomes

    def catch_up(self) -> None:
        """Record what could not be recorded, as on a full disk, before the lease of a mail that was sent ends and it is
        sent again; what was claimed and not tried then is given back."""
        for _number in range(len(self.unrecorded)):
            self._record(*self.unrecorded.popleft(), None)
        if self.untried:
            self._give_back(list(self.untried))
            self.untried.clear()

    def close(self) -> None:
        self.recorder.shutdown()

    def _attempt(self, claimed: Claimed, recorded: Future[float | None] | None) -> Outcome:
        def wanted() -> bool:
            asked = recorded.result() if recorded else None
            if asked is not None and time.monotonic() - asked < JUST_NOW:
                return True
            with self.database.reader.begin() as connection:
                return still_mine(connection, claimed)

        try:
            content = unseal(self.settings.secret, claimed.content, claimed.message_id)
        except Unreadable:
            return Outcome("failed", "unreadable")
        sender = envelope_sender(self.settings, claimed.id)
        return outcome_of(self.deliver(sender, claimed.to_address, content, wanted))

    def _record(self, claimed: Claimed, outcome: Outcome, following: Claimed | None) -> float | None:
        """Record how a mail ended; returns when the following one was asked for in passing, if it is still to go."""
        goes = False
        try:
            if outcome.state == "sent" and not claimed.paced:
                with self.database.writer.begin() as connection:
                    record_sent(connection, claimed, outcome.reply, self.now())
                    goes = following is not None and still_mine(connection, following)
            else:
                with self.database.session() as session:
                    record(session, claimed, outcome, self.now(), random.random())
        except GONE_FOR_NOW:
            self.unrecorded.append((claimed, outcome))
            raise
        return time.monotonic() if goes else None

    def _pause(self, outcome: Outcome, rest: Sequence[Claimed]) -> None:
        what = outcome.reply.partition(" ")[0]  # a code or our own word; the reply's text may name somebody
        log.warning("post: the mail server cannot be used now: %s", what)
        with self.database.session() as session:
            pause(session, outcome.reply, self.now())
            give_back(session, rest, self.now())

    def _give_back(self, rest: Sequence[Claimed]) -> None:
        with self.database.session() as session:
            give_back(session, rest, self.now())


def sender_for(database: Database, settings: Settings, ended: Event, now: Callable[[], datetime]) -> Sender:
    """Return what sends for an installation; the demo's keeps what it gets."""
    if settings.demo or settings.smtp_url is None:
        return Sender(database, settings, keep, now=now, ended=ended)
    server = MailServer(settings.smtp_url, domain(settings))
    return Sender(database, settings, server.deliver, now=now, ended=ended, rest=server.close)


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
        """Begin, beat beside a worker's whole work, then end in peace and let go of the mail server."""
        self.begin_before(ended)
        self.start()
        work()
        self.tried(self.end)
        self.sender.close()

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
