"""How a mail ended is written down, by a commit of its own: what the sender of the next one waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, exists, literal_column, select, update
from sqlalchemy.orm import Session

from app.db import Database
from app.events.details import PUBLIC
from app.events.models import Event
from app.mail import jobs
from app.mail.claiming import Claimed
from app.mail.models import Outbox, OutgoingMail, Pace
from app.mail.pacing import eased, slowed
from app.mail.retrying import Outcome, next_try
from app.mail.undeliverable import flag_address

WAITING = ("queued", "uncertain")


class Stands(Enum):
    """How a claimed mail stands before its text goes: to be sent, not now since the outbox is held, or not at all."""

    MINE = auto()
    HELD = auto()
    GONE = auto()


MAILS, EVENTS, OUTBOX = OutgoingMail.__table__, Event.__table__, Outbox.__table__
HELD = exists(select(OUTBOX.c.id).where(OUTBOX.c.held_at.is_not(None)))


def _mine(mail):
    """The condition that a row is a mail that is still to be sent by the one who claimed it: also that its event is
    still public, whoever has queued it while another marked it as not public."""
    held = (mail.c.claimed_by == bindparam("worker")) & (mail.c.attempts == bindparam("attempt"))
    secret = exists().where(EVENTS.c.id == mail.c.event_id, EVENTS.c.confidentiality != literal_column(f"'{PUBLIC}'"))
    return (mail.c.id == bindparam("following")) & (mail.c.state == literal_column("'sending'")) & held & ~secret


FOLLOWING = MAILS.alias("next_one")
ASK = select(HELD).where(_mine(MAILS))
# every single mail runs this, and nothing else: that the one has gone, and whether the next one still may
WRITE_DOWN_SENT = (
    update(MAILS)
    .where(
        MAILS.c.id == bindparam("mail"),
        MAILS.c.state != literal_column("'sent'"),
        MAILS.c.state != literal_column("'bounced'"),
    )
    .values(state=literal_column("'sent'"), claimed_by=literal_column("NULL"))
    .values(sent_at=bindparam("at"), reply=bindparam("said"))
    .returning(select(FOLLOWING.c.id).where(_mine(FOLLOWING), ~HELD).scalar_subquery())
)  # fmt: skip


@lru_cache(maxsize=4)
def _as_driven(dialect: Dialect) -> tuple[str, Callable[[dict], dict | tuple]]:
    """Return that statement as the database's driver takes it, and what brings its values into shape."""
    compiled = WRITE_DOWN_SENT.compile(dialect=dialect)
    names = compiled.positiontup
    moment = MAILS.c.sent_at.type.dialect_impl(dialect).bind_processor(dialect)

    def shape(values: dict) -> dict | tuple:
        values["at"] = moment(values["at"]) if moment else values["at"]
        return tuple([values[name] for name in names]) if names else values

    return str(compiled), shape


def still_mine(connection: Connection, claimed: Claimed) -> Stands:
    """Return whether a claimed mail is still to be sent by the one who claimed it, and whether it may leave now."""
    mine = {"following": claimed.id, "worker": claimed.worker, "attempt": claimed.attempt}
    row = connection.execute(ASK, mine).one_or_none()
    return Stands.GONE if row is None else Stands.HELD if row[0] else Stands.MINE


def record_sent(database: Database, claimed: Claimed, reply: str, at: datetime, following: Claimed | None) -> bool:
    """Write down and commit that a mail was sent, whoever holds it by now; returns whether the following one is still
    to be sent by who claimed it, and may leave. False may also mean that it was not asked. Raises DBAPIError."""
    text, shape = _as_driven(database.dialect)
    found = database.run_alone(text, shape(_sent(claimed, reply, at, following)))
    return found is not None and found[0] is not None


def _sent(claimed: Claimed, reply: str, at: datetime, following: Claimed | None = None) -> dict[str, Any]:
    number, worker, attempt = (following.id, following.worker, following.attempt) if following else (None, None, None)
    return {
        "mail": claimed.id, "at": at, "said": reply, "following": number, "worker": worker, "attempt": attempt
    }  # fmt: skip


def record(session: Session, claimed: Claimed, outcome: Outcome, at: datetime, jitter: float = 0.0) -> None:
    """Write down how an attempt ended; what may still succeed is tried again, until 48 hours have passed.

    That a mail was sent is written whoever holds it by now, unless it has come back already; of anything else, only by
    the one who holds it: a mail that was called off, or taken over, is not theirs any more.
    """
    if outcome.state == "sent":
        session.connection().execute(WRITE_DOWN_SENT, _sent(claimed, outcome.reply, at))
        if claimed.paced:
            _ease(session, claimed.domain, at)
        return
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
