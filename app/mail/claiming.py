"""Who sends a mail: it is claimed by one worker, sent, and recorded at once (`app/mail/recording.py`).

Nothing of the database is held while a mail server is spoken to. A claim ends with its lease, or as soon as its worker
is known to be dead; the mail is then sent again with the same Message-ID. Before its text goes, it is asked once more
whether it is still the claimer's (`recording.still_mine`): it may have been called off, or given to another, meanwhile,
or all mails may be held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.mail import jobs
from app.mail.models import OPEN, MailContent, Outbox, OutgoingMail, Pace

LEASE = timedelta(minutes=15)

# what each burst runs, put together once: that takes longer than to run it
MAILS, CONTENTS = OutgoingMail.__table__, MailContent.__table__
THESE = bindparam("these", expanding=True)
MAY_LEAVE = select(Outbox.__table__.c.held_at, Outbox.__table__.c.paused_until)
PACES = select(Pace).with_for_update()
DUE = (
    select(MAILS.c.id, MAILS.c.domain)
    .where(OPEN, MAILS.c.due_at <= bindparam("at"), MAILS.c.written)
    .order_by(MAILS.c.due_at, MAILS.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
TAKE = (
    update(MAILS)
    .where(MAILS.c.id.in_(THESE))
    .values(state="sending", attempts=MAILS.c.attempts + 1, claimed_by=bindparam("worker"), due_at=bindparam("until"))
    .returning(MAILS.c.id, MAILS.c.to_address, MAILS.c.domain, MAILS.c.message_id, MAILS.c.attempts, MAILS.c.claimed_by)
)
READ = select(CONTENTS.c.mail_id, CONTENTS.c.sealed).where(CONTENTS.c.mail_id.in_(THESE))


@dataclass(frozen=True)
class Claimed:
    """A mail that one worker, and no other, sends now; content is still sealed. attempt is how often it was
    claimed; paced: whether its domain has asked for a slower pace."""

    id: int
    to_address: str
    domain: str
    message_id: str
    attempt: int
    worker: str
    content: bytes
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
    paces = {pace.domain: pace for pace in session.scalars(PACES)}
    slow = [domain for domain, pace in paces.items() if pace.not_before > at]
    due = DUE.where(MAILS.c.domain.not_in(slow)) if slow else DUE
    ids, paced = [], set()
    for mail_id, domain in session.execute(due, {"at": at, "most": most}):
        pace = paces.get(domain)
        if pace is None or pace.not_before <= at:
            ids.append(mail_id)
            if pace:
                paced.add(mail_id)
                pace.not_before = at + timedelta(seconds=pace.every)
    return _take(session, ids, at, worker, paced)


def claim_this(session: Session, mail_id: int, at: datetime, worker: str) -> Claimed | datetime | None:
    """Take one mail if it is due and written; return when to ask again where it is not due yet, None where there is
    nothing to ask: it is done with, another has it in hand, or nothing may leave now."""
    row = session.execute(
        select(OutgoingMail.state, OutgoingMail.due_at, OutgoingMail.domain)
        .where(OutgoingMail.id == mail_id, OPEN, OutgoingMail.written)
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
    return _take(session, [mail_id], at, worker, {mail_id} if pace else set())[0]


def _take(session: Session, ids: Sequence[int], at: datetime, worker: str, paced: Set[int]) -> list[Claimed]:
    if not ids:
        return []
    taken = session.execute(TAKE, {"these": ids, "worker": worker, "until": at + LEASE})
    rows = {row.id: row for row in taken}
    sealed = dict(session.execute(READ, {"these": ids}).all())
    return [Claimed(*rows[mail_id], content=sealed.get(mail_id, b""), paced=mail_id in paced) for mail_id in ids]


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
    held_at, paused_until = session.execute(MAY_LEAVE).one()
    return held_at is None and (paused_until is None or paused_until <= at)


def anything_due(session: Session, at: datetime) -> bool:
    """Whether `claim` might find something; a read that does not hold up those who write."""
    due = select(OutgoingMail.id).where(is_due(at)).order_by(OutgoingMail.due_at).limit(1)
    return may_leave(session, at) and session.scalar(due) is not None


def is_due(at: datetime):
    """The condition that a mail is written and may be taken now."""
    return OPEN & (OutgoingMail.due_at <= at) & OutgoingMail.written
