"""Who sends a mail, and how that ended: a mail is claimed by one worker, sent, and recorded at once.

Nothing of the database is held while a mail server is spoken to. A claim ends with its lease, or as soon as its worker
is known to be dead; the mail is then sent again with the same Message-ID. Before its text goes, it is asked once more
whether it is still the claimer's (`still_mine`): it may have been called off, or given to another, meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from app.mail import jobs
from app.mail.models import OPEN, Outbox, OutgoingMail, Pace
from app.mail.pacing import eased, slowed
from app.mail.retrying import Outcome, next_try
from app.mail.undeliverable import flag_address

LEASE = timedelta(minutes=15)
WAITING = ("queued", "uncertain")

# the two that every single mail runs, put together once: that takes longer than to run them
MAILS = OutgoingMail.__table__
ASK = select(MAILS.c.state, MAILS.c.claimed_by, MAILS.c.attempts).where(MAILS.c.id == bindparam("mail"))
WRITE_DOWN_SENT = (
    update(MAILS)
    .where(MAILS.c.id == bindparam("mail"), MAILS.c.state.not_in(("sent", "bounced")))
    .values(state="sent", sent_at=bindparam("at"), reply=bindparam("said"), claimed_by=None)
)


@dataclass(frozen=True)
class Claimed:
    """A mail that one worker, and no other, sends now; content is still sealed. attempt is how often it was
    claimed; paced: whether its domain has asked for a slower pace."""

    id: int
    to_address: str
    domain: str
    message_id: str
    content: bytes
    attempt: int
    worker: str
    paced: bool = False


def claim(session: Session, at: datetime, worker: str = "") -> Claimed | None:
    """Take the next mail that is due; None where there is none, or nothing may leave now."""
    return next(iter(claim_some(session, at, worker, 1)), None)


def claim_some(session: Session, at: datetime, worker: str, most: int) -> list[Claimed]:
    """Take the next mails that are due and written, in the order in which they are; nothing while the outbox is held.

    Of a domain that asked for a slower pace there is one at a time, and not before its time.
    """
    if not may_leave(session, at):
        return []
    paces = {pace.domain: pace for pace in session.scalars(select(Pace).with_for_update())}
    query = (
        select(OutgoingMail.id, OutgoingMail.domain).where(is_due(at)).order_by(OutgoingMail.due_at, OutgoingMail.id)
    )
    slow = [domain for domain, pace in paces.items() if pace.not_before > at]
    if slow:
        query = query.where(OutgoingMail.domain.not_in(slow))
    ids = []
    for mail_id, domain in session.execute(query.limit(most).with_for_update(skip_locked=True)):
        pace = paces.get(domain)
        if pace is None or pace.not_before <= at:
            ids.append(mail_id)
            if pace:
                pace.not_before = at + timedelta(seconds=pace.every)
    return [replace(one, paced=one.domain in paces) for one in _take(session, ids, at, worker)]


def claim_this(session: Session, mail_id: int, at: datetime, worker: str) -> Claimed | datetime | None:
    """Take one mail if it is due and written; return when to ask again where it is not due yet, None where there is
    nothing to ask: it is done with, another has it in hand, or nothing may leave now."""
    row = session.execute(
        select(OutgoingMail.state, OutgoingMail.due_at, OutgoingMail.domain)
        .where(OutgoingMail.id == mail_id, OPEN, OutgoingMail.content.is_not(None))
        .with_for_update()
    ).one_or_none()
    if row is None or (row.state == "sending" and row.due_at > at) or not may_leave(session, at):
        return None
    if row.due_at > at:
        return row.due_at
    pace = session.scalar(select(Pace).where(Pace.domain == row.domain).with_for_update())
    if pace and pace.not_before > at:
        turn, pace.not_before = pace.not_before, pace.not_before + timedelta(seconds=pace.every)
        session.execute(update(OutgoingMail).where(OutgoingMail.id == mail_id).values(due_at=turn))
        return turn
    if pace:
        pace.not_before = at + timedelta(seconds=pace.every)
    return replace(_take(session, [mail_id], at, worker)[0], paced=pace is not None)


def _take(session: Session, ids: Sequence[int], at: datetime, worker: str) -> list[Claimed]:
    if not ids:
        return []
    taken = (
        update(OutgoingMail)
        .where(OutgoingMail.id.in_(ids))
        .values(state="sending", attempts=OutgoingMail.attempts + 1, claimed_by=worker, due_at=at + LEASE)
        .returning(
            OutgoingMail.id, OutgoingMail.to_address, OutgoingMail.domain, OutgoingMail.message_id,
            OutgoingMail.content, OutgoingMail.attempts, OutgoingMail.claimed_by,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    rows = {row.id: Claimed(*row) for row in session.execute(taken)}
    return [rows[mail_id] for mail_id in ids]


def still_mine(connection: Connection, claimed: Claimed) -> bool:
    """Whether a claimed mail is still to be sent by the one who claimed it."""
    mine = connection.execute(ASK, {"mail": claimed.id}).one_or_none()
    return mine is not None and tuple(mine) == ("sending", claimed.worker, claimed.attempt)


def record_sent(connection: Connection, claimed: Claimed, reply: str, at: datetime) -> None:
    """Write down that a mail was sent, whoever holds it by now. Without a session: this is run for every single mail,
    and a session costs as much as the rest."""
    connection.execute(WRITE_DOWN_SENT, {"mail": claimed.id, "at": at, "said": reply})


def record(session: Session, claimed: Claimed, outcome: Outcome, at: datetime, jitter: float = 0.0) -> None:
    """Write down how an attempt ended; what may still succeed is tried again, until 48 hours have passed.

    That a mail was sent is written whoever holds it by now, unless it has come back already; of anything else, only by
    the one who holds it.
    """
    if outcome.state == "sent":
        record_sent(session.connection(), claimed, outcome.reply, at)
        if claimed.paced:
            _ease(session, claimed.domain, at)
        return
    if outcome.state == "withdrawn":
        return  # whoever called it off, or took it over, has written so
    mine = update(OutgoingMail).where(
        OutgoingMail.id == claimed.id, OutgoingMail.state == "sending", OutgoingMail.claimed_by == claimed.worker,
        OutgoingMail.attempts == claimed.attempt,
    )  # fmt: skip
    values = {"state": outcome.state, "reply": outcome.reply, "claimed_by": None}
    if outcome.state in WAITING:
        queued_at = session.scalar(select(OutgoingMail.queued_at).where(OutgoingMail.id == claimed.id))
        again = queued_at and next_try(claimed.attempt, queued_at, at, jitter, outcome.wait)
        values |= {"due_at": again} if again else {"state": "failed"}
    kept = session.execute(mine.values(values).execution_options(synchronize_session=False)).rowcount
    if kept and "due_at" in values:
        jobs.plan_anew(session, {claimed.id: values["due_at"]})
    if outcome.bad_address:
        mail_id = session.scalar(
            select(OutgoingMail.id).where(OutgoingMail.id == claimed.id)
        )  # None: its event is gone
        flag_address(session, claimed.to_address, status=outcome.status, said=outcome.reply, mail_id=mail_id, at=at)
    if outcome.slow_down:
        _slow(session, claimed.domain, at)


def give_back(session: Session, claimed: Iterable[Claimed], at: datetime) -> None:
    """Let others have mails that were claimed and not tried."""
    for one in claimed:
        mine = update(OutgoingMail).where(OutgoingMail.id == one.id, OutgoingMail.state == "sending")
        mine = mine.where(OutgoingMail.claimed_by == one.worker, OutgoingMail.attempts == one.attempt)
        mine = mine.execution_options(synchronize_session=False)
        if session.execute(mine.values(state="queued", attempts=one.attempt - 1, claimed_by=None, due_at=at)).rowcount:
            jobs.plan_anew(session, {one.id: at})


def release(session: Session, dead: Sequence[str], at: datetime) -> list[int]:
    """Let others have what dead workers had claimed; returns the mails. Whether such a mail had left is not known."""
    if not dead:
        return []
    left = update(OutgoingMail).where(OutgoingMail.state == "sending", OutgoingMail.claimed_by.in_(dead))
    left = left.values(state="uncertain", claimed_by=None, due_at=at).returning(OutgoingMail.id)
    freed = list(session.scalars(left))
    jobs.plan_anew(session, dict.fromkeys(freed, at))
    return freed


def may_leave(session: Session, at: datetime) -> bool:
    """Whether the outbox is neither held nor paused."""
    held_at, paused_until = session.execute(select(Outbox.held_at, Outbox.paused_until)).one()
    return held_at is None and (paused_until is None or paused_until <= at)


def anything_due(session: Session, at: datetime) -> bool:
    """Whether `claim` might find something; a read that does not hold up those who write."""
    due = select(OutgoingMail.id).where(is_due(at)).order_by(OutgoingMail.due_at).limit(1)
    return may_leave(session, at) and session.scalar(due) is not None


def is_due(at: datetime):
    """The condition that a mail is written and may be taken now."""
    return OPEN & (OutgoingMail.due_at <= at) & OutgoingMail.content.is_not(None)


def _slow(session: Session, domain: str, at: datetime) -> None:
    pace = session.scalar(select(Pace).where(Pace.domain == domain).with_for_update())
    every = slowed(pace.every if pace else None)
    if pace is None:
        pace = Pace(domain=domain, every=every, not_before=at, changed_at=at)
        session.add(pace)
    pace.every, pace.changed_at, pace.not_before = every, at, at + timedelta(seconds=every)


def _ease(session: Session, domain: str, at: datetime) -> None:
    pace = session.scalar(select(Pace).where(Pace.domain == domain))
    if pace is None or (every := eased(pace.every, pace.changed_at, at)) == pace.every:
        return
    if every is None:
        session.delete(pace)
    else:
        pace.every, pace.changed_at = every, at
