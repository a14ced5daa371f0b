"""How the outbox stands: whether mails leave, how many wait, who sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.mail.models import OPEN, MailWorker, Outbox, OutgoingMail, Pace
from app.mail.workers import living


@dataclass(frozen=True)
class Standing:
    """outbox is the row that says whether it is held or paused, paused whether it is so now. waiting: mails that have
    not gone; oldest: since when the first of those has been due, None where none is; uncertain of them: perhaps sent
    already. failed: those that did not go. workers: those that live."""

    outbox: Outbox
    paused: bool
    waiting: int
    oldest: datetime | None
    uncertain: int
    failed: int
    workers: Sequence[MailWorker]
    slowed: Sequence[Pace]

    @property
    def stopped(self) -> str | None:
        """The code of why nothing leaves: restored, by_hand, paused; None where mails leave."""
        return self.outbox.held_because if self.outbox.held_at else "paused" if self.paused else None


def standing_of(session: Session, at: datetime) -> Standing:
    """Return how the outbox stands at an instant; four queries."""
    outbox = session.scalars(select(Outbox)).one()
    waiting, oldest, uncertain = backlog(session, at)
    failed = select(func.count(OutgoingMail.id)).where(OutgoingMail.state.in_(("failed", "bounced")))
    return Standing(
        outbox=outbox, paused=outbox.paused_until is not None and outbox.paused_until > at, waiting=waiting,
        oldest=oldest, uncertain=uncertain, failed=session.scalar(failed) or 0, workers=living(session, at),
        slowed=session.scalars(select(Pace).order_by(Pace.domain)).all(),
    )  # fmt: skip


def backlog(session: Session, at: datetime) -> tuple[int, datetime | None, int]:
    """Return how many mails have not gone, since when the first of them has been due, and how many of them have
    perhaps gone already.

    What waits for its next try has been due since it was queued, and what is being sent since somebody took it up.
    """
    since = func.min(OutgoingMail.queued_at).filter(OutgoingMail.due_at <= at)
    tried = func.min(OutgoingMail.queued_at).filter(OutgoingMail.attempts > 0)
    perhaps = func.count(OutgoingMail.id).filter(OutgoingMail.state == "uncertain")
    count, untried, retried, uncertain = session.execute(
        select(func.count(OutgoingMail.id), since, tried, perhaps).where(OPEN)
    ).one()
    return count, min((one for one in (untried, retried) if one is not None), default=None), uncertain
