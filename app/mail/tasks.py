"""What a job does (`app.mail.jobs`): looks at its row, and acts on what it finds there."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, chunks
from app.mail import jobs
from app.mail.claiming import Claimed, anything_due, claim_some, claim_this, is_due, may_leave
from app.mail.holding import pause_without_room
from app.mail.models import UNWRITTEN, OutgoingMail
from app.mail.sending import AT_ONCE, Sender
from app.mail.writing import Write, write_one, write_some

WRITES_FOR = SENDS_FOR = 2.0
MOST_PLANNED = 10_000


class Tasks:
    """Does jobs for one worker, through its sender."""

    def __init__(self, database: Database, sender: Sender, write: Write):
        self.database, self.sender, self.write = database, sender, write

    def send(self, row_id: int) -> None:
        """Send a mail if it is due, and for a moment others that are, whose own jobs are dropped."""
        self.sender.catch_up()
        until = time.monotonic() + SENDS_FOR
        with self.database.session() as session:
            claimed = self._claim(session, row_id)
        while claimed:
            self.sender.send(claimed)
            if time.monotonic() > until or self.sender.ended.is_set():
                break
            with self.database.session() as session:
                claimed = self._claim_more(session, [])
        with self.database.session(readonly=True) as session:
            more = anything_due(session, self.sender.now())
        if not more:
            self.sender.rest()

    def write_mailing(self, row_id: int) -> None:
        """Write mails of a mailing for a moment; what is left then is planned anew, so that others have their turn."""
        until = time.monotonic() + WRITES_FOR
        while time.monotonic() < until and not self.sender.ended.is_set():
            with self.database.session() as session:
                if not write_some(session, self.sender.settings.secret, self.write, mailing_id=row_id):
                    return
        with self.database.session() as session:
            jobs.plan_writing(session, [row_id], self.sender.now())

    def sweep(self) -> None:
        """Plan what is due and has no job: it was lost, or the outbox was held or paused when it had its turn."""
        self.sender.catch_up()
        with self.database.session() as session:
            plan_missing(session, self.sender.now())

    def _claim(self, session: Session, mail_id: int) -> list[Claimed]:
        at, worker, secret = self.sender.now(), self.sender.worker, self.sender.settings.secret
        if pause_without_room(session, self.sender.settings, at):
            return []
        if write_one(session, secret, self.write, mail_id):
            write_some(session, secret, self.write)
        first = claim_this(session, mail_id, at, worker)
        if isinstance(first, datetime):
            jobs.plan_anew(session, {mail_id: first})
            return []
        return self._claim_more(session, [first] if first else [])

    def _claim_more(self, session: Session, burst: list[Claimed]) -> list[Claimed]:
        burst += claim_some(session, self.sender.now(), self.sender.worker, AT_ONCE - len(burst))
        jobs.drop(session, [one.id for one in burst])
        return burst


def plan_missing(session: Session, at: datetime) -> None:
    """Plan whatever is due, or to be written, and has no job; nothing is sent while the outbox is held or paused."""
    unwritten = (
        select(OutgoingMail.mailing_id)
        .where(UNWRITTEN, jobs.without_job(jobs.WRITE, OutgoingMail.mailing_id))
        .distinct()
    )
    # a mailing that was queued this moment has its job
    old = OutgoingMail.queued_at < at - timedelta(seconds=5)
    jobs.plan_writing(session, session.scalars(unwritten.where(old)).all(), at)
    if not may_leave(session, at):
        return
    missing = select(OutgoingMail.id, OutgoingMail.due_at).where(
        is_due(at), jobs.without_job(jobs.SEND, OutgoingMail.id)
    )
    first = missing.order_by(OutgoingMail.due_at, OutgoingMail.id).limit(MOST_PLANNED)
    ids = session.scalars(first.with_for_update(skip_locked=True)).all()
    # who put a mail back at this moment has planned it: once the rows are ours, it is asked for once more
    for some in chunks(ids):
        again = session.execute(missing.where(OutgoingMail.id.in_(some)))
        jobs.plan(session, {mail_id: due_at for mail_id, due_at in again})
