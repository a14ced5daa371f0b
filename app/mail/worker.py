"""The thread in the server's process that sends what the outbox holds: claim, send, record, one mail at a time."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from app.db import Database
from app.mail.compose import domain
from app.mail.outbox import Claimed, anything_due, can_send, claim, record
from app.mail.retrying import Attempt, Outcome, outcome_of
from app.mail.sealing import Unreadable, unseal
from app.mail.smtp import MailServer
from app.settings import Settings
from app.worker import RESTS_AFTER_OUR_FAULT, Repeating

log = logging.getLogger("koolle")

LOOKS_EVERY = 1.0

Deliver = Callable[[str, bytes], Attempt]


def keep(recipient: str, content: bytes) -> Attempt:
    """The demo's mail server: the mail counts as sent and is read on the mailbox page."""
    return Attempt("dot", 250, "kept in the mailbox")


def send_one(database: Database, secret: bytes, deliver: Deliver, now: Callable[[], datetime]) -> Outcome | None:
    """Send the next mail that is due; returns how that ended, or None when none was due.

    Nothing of the database is held while the mail server is spoken to. Dying in between leaves the row claimed: it is
    sent again with the same Message-ID when its lease runs out.
    """
    with database.session(readonly=True) as session:
        if not anything_due(session, now()):
            return None
    with database.session() as session:
        claimed = claim(session, now())
    if claimed is None:
        return None
    outcome = _attempt(secret, deliver, claimed)
    with database.session() as session:
        record(session, claimed.id, outcome, now(), random.random())
    return outcome


def _attempt(secret: bytes, deliver: Deliver, claimed: Claimed) -> Outcome:
    try:
        content = unseal(secret, claimed.content, claimed.message_id)
    except Unreadable:
        return Outcome("failed", "unreadable")
    return outcome_of(deliver(claimed.to_address, content))


def _now() -> datetime:
    return datetime.now(UTC)


class Worker(Repeating):
    """Sends until `stop`; does nothing where the installation has no way to send. now tells what is due."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime] = _now):
        super().__init__("post")
        self.database = database
        self.settings = settings
        self.now = now
        self.server = MailServer(settings.smtp_url, domain(settings)) if settings.smtp_url else None

    def run(self) -> None:
        if can_send(self.settings):
            super().run()

    def turn(self) -> float:
        if self.settings.demo or self.server is None:
            return self.burst(keep)
        try:
            return self.burst(partial(self.server.deliver, self.settings.mail_from))
        finally:
            self.server.close()

    def burst(self, deliver: Deliver) -> float:
        """Send until nothing is due or our own side fails; returns the seconds to rest."""
        while not self.ended.is_set():
            outcome = send_one(self.database, self.settings.secret, deliver, self.now)
            if outcome is None:
                return LOOKS_EVERY
            if outcome.ours:
                what = outcome.reply.partition(" ")[0]  # a code or our own word; the reply's text may name somebody
                log.warning("post: the mail server cannot be used now: %s", what)
                return RESTS_AFTER_OUR_FAULT
        return LOOKS_EVERY
