"""Sends what the outbox holds, one mail at a time.

Mails are claimed a few at a time, which costs one commit for all; each is recorded by a commit of its own, which is
made in the same thread while the mail server thinks of the next one's addresses, and is done before the next one's text
goes. So at most one mail is on its way that is not recorded.
"""

from __future__ import annotations

import logging
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Event

from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

from app.db import Database
from app.mail.claiming import Claimed, anything_due, claim_some, give_back
from app.mail.compose import domain
from app.mail.holding import pause, pause_without_room
from app.mail.recording import Stands, record, record_sent, still_mine
from app.mail.retrying import Attempt, Outcome, outcome_of
from app.mail.returning import envelope_sender
from app.mail.sealing import unseal
from app.mail.smtp import MailServer
from app.sealing import Unreadable
from app.settings import Settings

log = logging.getLogger("koolle")

AT_ONCE = 50
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
        self.last: tuple[Claimed, Outcome] | None = None
        self.in_hand: Claimed | None = None
        self.held = False
        self.next: Claimed | None = None
        self.opened: tuple[Claimed | None, bytes | None] = None, None
        self.asked = 0.0

    def send_some(self, most: int = AT_ONCE) -> list[Outcome]:
        """Send the next mails that are due; returns how each ended, none where none was due. Stops at a fault of our
        own side, which pauses the outbox."""
        self.catch_up()
        if not self.more:
            with self.database.session(readonly=True) as session:
                if not anything_due(session, self.now()):
                    return []
        with self.database.session() as session:
            if pause_without_room(session, self.settings, self.now()):
                return []
            claimed = claim_some(session, self.now(), self.worker, most)
        self.more = len(claimed) == most
        return self.send(claimed)

    def send(self, claimed: Sequence[Claimed]) -> list[Outcome]:
        """Send mails that this worker has claimed, one after the other; returns how each ended. Once the outbox is
        held, the rest is given back."""
        outcomes: list[Outcome] = []
        for place, one in enumerate(claimed):
            if self.ended.is_set():
                self.record_last()
                self._give_back(claimed[place:])
                break
            self.next = claimed[place + 1] if place + 1 < len(claimed) else None
            try:
                outcome = self._attempt(one)
            except Exception:  # the database's: nothing of this mail has left
                self._put_off(claimed[place:])
                raise
            if self.held:  # since they were claimed: nothing of this mail has left
                self._give_back(claimed[place:])
                break
            self.last = (one, outcome)
            outcomes.append(outcome)
            self.sent += outcome.state == "sent"
            if outcome.ours:
                self.record_last()
                self._pause(outcome, claimed[place + 1 :])
                break
        self.record_last()
        return outcomes

    def record_last(self) -> None:
        """Record how the mail ended that was sent last, if that is not done, and ask in passing whether the one in hand
        is still to go. For whoever delivers: while the mail server thinks of what it was told of the one in hand."""
        if self.last is not None:
            last, self.last = self.last, None
            self.asked = time.monotonic() if self._record(*last, self.in_hand) else 0.0

    def open_next(self) -> None:
        """Unseal the mail after the one in hand. For whoever delivers: while the mail server takes in the message."""
        if self.next is not None:
            self.opened = self.next, self._unsealed(self.next)

    def catch_up(self) -> None:
        """Record what could not be recorded, as on a full disk, before the lease of a mail that was sent ends and it is
        sent again; what was claimed and not tried then is given back."""
        for _number in range(len(self.unrecorded)):
            self._record(*self.unrecorded.popleft())
        if self.untried:
            self._give_back(list(self.untried))
            self.untried.clear()

    def _attempt(self, claimed: Claimed) -> Outcome:
        self.in_hand, self.asked, self.held = claimed, 0.0, False
        opened, content = self.opened
        if opened is not claimed:
            content = self._unsealed(claimed)
        if content is None:
            outcome = Outcome("failed", "unreadable")
        else:
            sender = envelope_sender(self.settings, claimed.id)
            outcome = outcome_of(self.deliver(sender, claimed.to_address, content, self._wanted))
        self.record_last()
        self.in_hand = None
        return outcome

    def _unsealed(self, claimed: Claimed) -> bytes | None:
        try:
            return unseal(self.settings.secret, claimed.content, claimed.message_id)
        except Unreadable:
            return None

    def _wanted(self) -> bool:
        """Whether the mail in hand is still to go, and the outbox not held, once the one before is recorded."""
        self.record_last()
        if time.monotonic() - self.asked < JUST_NOW:
            return True
        with self.database.reader.begin() as connection:
            stands = still_mine(connection, self.in_hand)
        self.held = stands is Stands.HELD
        return stands is Stands.MINE

    def _record(self, claimed: Claimed, outcome: Outcome, following: Claimed | None = None) -> bool:
        """Record how a mail ended; returns whether the following one was asked for in passing and is still to go."""
        try:
            if outcome.state == "sent" and not claimed.paced:
                return record_sent(self.database, claimed, outcome.reply, self.now(), following)
            with self.database.session() as session:
                record(session, claimed, outcome, self.now(), random.random())
        except GONE_FOR_NOW:
            self.unrecorded.append((claimed, outcome))
            raise
        return False

    def _put_off(self, rest: Sequence[Claimed]) -> None:
        """Keep for `catch_up` what the database did not take."""
        self.untried.extend(rest)
        if self.last is not None:
            self.unrecorded.append(self.last)
            self.last = None

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
    sender = Sender(database, settings, server.deliver, now=now, ended=ended, rest=server.close)
    server.meanwhile, server.beforehand = sender.record_last, sender.open_next
    return sender
