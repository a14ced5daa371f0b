"""The thread in the server's process that reads the mailbox: fetch, keep, judge, one mail at a time.

A mail is kept in the transaction that notes how far the mailbox is read, and judged in another one. Dying anywhere in
between, the next process goes on there, and each answer counts once.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.db import Database
from app.inbox.keeping import Origin, keep, keep_unfetchable
from app.inbox.mailbox import Mailbox, Unusable
from app.inbox.models import IncomingMail
from app.inbox.position import advance, claim_reading, give_up_reading, is_mine, numbered_from, read_by_another
from app.inbox.taking import MOST_TRIES, put_aside, take_in
from app.settings import Settings
from app.worker import Repeating

log = logging.getLogger("koolle")

WAITS, LOOKS_EVERY = 60.0, 60.0  # seconds in IDLE, of which RFC 2177 allows 29 minutes; seconds between two looks
FIRST_REST, LONGEST_REST = 15.0, 900.0
LETS_OTHERS_IN = 1.0


def judge_next(database: Database, settings: Settings, at: datetime) -> bool:
    """Judge one mail that was kept; returns False when there was none. One that ends us three times is put aside."""
    of = select(IncomingMail).where(IncomingMail.state == "arrived").with_for_update(skip_locked=True)
    with database.session(readonly=True) as session:
        if session.scalar(select(IncomingMail.id).where(IncomingMail.state == "arrived").limit(1)) is None:
            return False
    with database.session() as session:
        row = session.scalar(of.order_by(IncomingMail.tries, IncomingMail.id).limit(1))
        if row is None:
            return False
        if row.tries >= MOST_TRIES:
            put_aside(row, "crashed")
            return True
        row.tries += 1
        row_id = row.id
    with database.session() as session:
        row = session.scalar(of.where(IncomingMail.id == row_id).options(undefer(IncomingMail.content)))
        if row is not None:
            take_in(session, settings, row, at)
    return True


def _now() -> datetime:
    return datetime.now(UTC)


class Worker(Repeating):
    """Reads until `stop`; does nothing where no mailbox is set. Of several servers one reads at a time."""

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime] = _now, mailbox: Mailbox | None = None
    ):
        super().__init__("inbox")
        self.database, self.settings, self.now = database, settings, now
        self.mailbox = mailbox or (Mailbox(settings.imap_url) if settings.imap_url else None)
        self.reader = secrets.token_hex(8)
        self.failures = 0
        self.broke_off: Counter[tuple[int, int]] = Counter()

    def run(self) -> None:
        if self.mailbox is not None:
            super().run()

    def stop(self) -> None:
        super().stop()
        if self.mailbox is not None:
            self.mailbox.cut()

    def turn(self) -> float:
        self.judge_all()
        if not self._may_read():
            self.mailbox.close()
            return LOOKS_EVERY
        try:
            if self.mailbox.client is None:
                self.mailbox.open()
            self.fetch_all()
            self.failures = 0
            return self._wait()
        except Unusable as error:
            return self._rest(error.code)

    def fetch_all(self) -> int:
        """Keep and judge every mail that is new; returns how many were kept. Raises Unusable."""
        name, uidvalidity, kept = self.mailbox.name, self.mailbox.uidvalidity, 0
        with self.database.session() as session:
            position = numbered_from(session, name, uidvalidity, self.now())
            last, begins_on = position.mailbox_uid, position.begins_on
        for uid in self.mailbox.uids_after(last, begins_on):
            if self.ended.is_set():
                break
            fetched, at = self._fetched(Origin(name, uidvalidity, uid)), self.now()
            with self.database.session() as session:
                if fetched is not None:
                    arrived = min(fetched.arrived_at or at, at)
                    row = keep(
                        session,
                        self.settings,
                        fetched.content,
                        arrived_at=arrived,
                        origin=Origin(name, uidvalidity, uid),
                    )
                    kept += row is not None
                advance(session, name, uidvalidity, uid, at)
            self.judge_all()
        return kept

    def judge_all(self) -> None:
        while not self.ended.is_set() and judge_next(self.database, self.settings, self.now()):
            pass

    def _fetched(self, origin: Origin):
        try:
            return self.mailbox.fetch(origin.uid)
        except Unusable:
            mail = origin.uidvalidity, origin.uid
            self.broke_off[mail] += 1
            if self.broke_off[mail] >= MOST_TRIES:  # it is this mail: the others are read past it
                with self.database.session() as session:
                    keep_unfetchable(session, origin, self.now())
                    advance(session, origin.mailbox, origin.uidvalidity, origin.uid, self.now())
            raise

    def _may_read(self) -> bool:
        name, at = self.mailbox.name, self.now()
        with self.database.session(readonly=True) as session:
            if read_by_another(session, name, self.reader, at):
                return False
            if is_mine(session, name, self.reader, at):
                return True
        with self.database.session() as session:
            return claim_reading(session, name, self.reader, at)

    def _wait(self) -> float:
        told = self.mailbox.wait(WAITS) if not self.ended.is_set() else None
        if told is None:
            self.mailbox.close()  # a server without IDLE is asked now and then
            return LOOKS_EVERY
        return LETS_OTHERS_IN

    def _rest(self, code: str) -> float:
        self.failures += 1
        if self.ended.is_set():
            code = None
        else:
            log.warning("inbox: the mailbox cannot be read now: %s", code)
        with self.database.session() as session:
            give_up_reading(session, self.mailbox.name, self.reader, code, self.now())
        return min(FIRST_REST * 2 ** (self.failures - 1), LONGEST_REST)
