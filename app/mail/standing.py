"""How the outbox stands: whether mails leave, how many wait, who sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.dates import HOME_ZONE, in_zone, place_in_zone
from app.mail.models import OPEN, MailWorker, Outbox, OutgoingMail, Pace
from app.mail.workers import living

TOO_OLD = timedelta(minutes=10)


class Backlog(NamedTuple):
    """Mails that have not gone: how many; due of them, those that should have by now; oldest: since when the first of
    these has been due; uncertain: those that perhaps have gone."""

    count: int
    due: int
    oldest: datetime | None
    uncertain: int

    def is_late(self, at: datetime) -> bool:
        """Whether somebody should look why mails do not leave."""
        return self.oldest is not None and at - self.oldest > TOO_OLD


@dataclass(frozen=True)
class Standing:
    """outbox is the row that says whether it is held or paused; paused: whether it is so now. workers: those that
    live."""

    outbox: Outbox
    paused: bool
    backlog: Backlog
    failed: int
    sent_today: int
    workers: Sequence[MailWorker]
    slowed: Sequence[Pace]

    @property
    def stopped(self) -> str | None:
        """The code of why nothing leaves: restored, by_hand, paused; None where mails leave."""
        return self.outbox.held_because if self.outbox.held_at else "paused" if self.paused else None


def standing_of(session: Session, at: datetime) -> Standing:
    """Return how the outbox stands at an instant; five queries."""
    outbox = session.scalars(select(Outbox)).one()
    midnight = place_in_zone(datetime.combine(in_zone(at, HOME_ZONE).date(), time()), HOME_ZONE)
    failed, sent_today = session.execute(
        select(
            select(func.count(OutgoingMail.id)).where(OutgoingMail.state.in_(("failed", "bounced"))).scalar_subquery(),
            select(func.count(OutgoingMail.id))
            .where(OutgoingMail.state == "sent", OutgoingMail.sent_at >= midnight)
            .scalar_subquery(),
        )
    ).one()
    return Standing(
        outbox=outbox, paused=outbox.paused_until is not None and outbox.paused_until > at,
        backlog=backlog(session, at), failed=failed, sent_today=sent_today, workers=living(session, at),
        slowed=session.scalars(select(Pace).order_by(Pace.domain)).all(),
    )  # fmt: skip


def backlog(session: Session, at: datetime) -> Backlog:
    """Return what has not gone; one query.

    A mail that waits for its next try has been due since it was queued.
    """
    due = (OutgoingMail.due_at <= at) | (OutgoingMail.attempts > 0)
    # what is kept back for a minute becomes due then; of what is tried again the time of the first try is not kept
    first = func.min(OutgoingMail.due_at).filter(OutgoingMail.due_at <= at, OutgoingMail.attempts == 0)
    tried = func.min(OutgoingMail.queued_at).filter(OutgoingMail.attempts > 0)
    perhaps = func.count(OutgoingMail.id).filter(OutgoingMail.state == "uncertain")
    count, number, untried, retried, uncertain = session.execute(
        select(func.count(OutgoingMail.id), func.count(OutgoingMail.id).filter(due), first, tried, perhaps).where(OPEN)
    ).one()
    oldest = min((one for one in (untried, retried) if one is not None), default=None)
    return Backlog(count, number, oldest, uncertain)
