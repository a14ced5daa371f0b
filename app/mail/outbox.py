"""The outbox: a mail is a row, written with the act that causes it, claimed and recorded one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from app.errors import NotFound
from app.mail.models import OutgoingMail
from app.mail.retrying import Outcome, next_try
from app.mail.sealing import seal
from app.settings import Settings

LEASE = timedelta(minutes=15)
WAITING = ("queued", "uncertain")


class Addressee(Protocol):
    """Whom a mail goes to."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...


@dataclass(frozen=True)
class Claimed:
    """A mail that this process, and no other, sends now; content is still sealed."""

    id: int
    to_address: str
    message_id: str
    content: bytes


def can_send(settings: Settings) -> bool:
    """Whether mails leave this installation at all; otherwise they stay queued until it is told of a mail server."""
    return settings.demo or settings.smtp_url is not None


def queue(
    session: Session, settings: Settings, *, key: str, kind: str, event_id: int | None, person: Addressee,
    message: EmailMessage, at: datetime, due_at: datetime | None = None,
) -> OutgoingMail | None:  # fmt: skip
    """Add a mail to the transaction of the act that causes it; returns None if one with this key is there already.

    It leaves at due_at (by default at once). What leaves is frozen here: text, Message-ID, Date and boundaries.
    """
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None:
        return None
    mail = OutgoingMail(
        key=key, kind=kind, event_id=event_id, person_id=person.id, to_name=person.name, to_address=person.email,
        subject=str(message["Subject"]), message_id=str(message["Message-ID"]), state="queued", attempts=0,
        content=seal(settings.secret, bytes(message), str(message["Message-ID"])), queued_at=at, due_at=due_at or at,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:
        return None
    return mail


def claim(session: Session, at: datetime) -> Claimed | None:
    """Take the next due mail for sending; one whose sender died is taken again when its lease has run out."""
    query = select(OutgoingMail).options(undefer(OutgoingMail.content)).where(_to_send(at))
    query = query.order_by(OutgoingMail.due_at, OutgoingMail.id).limit(1).with_for_update(skip_locked=True)
    mail = session.scalar(query)
    if mail is None:
        return None
    mail.state, mail.attempts, mail.leased_until = "sending", mail.attempts + 1, at + LEASE
    return Claimed(mail.id, mail.to_address, mail.message_id, mail.content)


def record(session: Session, mail_id: int, outcome: Outcome, at: datetime, jitter: float = 0.0) -> None:
    """Write down how an attempt ended; what may still succeed is tried again, until 48 hours have passed."""
    mail = session.get_one(OutgoingMail, mail_id)
    mail.state, mail.reply, mail.leased_until = outcome.state, outcome.reply, None
    if outcome.state == "sent":
        mail.sent_at = at
    elif outcome.state in WAITING:
        again = next_try(mail.attempts, mail.queued_at, at, jitter)
        if again is None:
            mail.state = "failed"
        else:
            mail.due_at = again


def anything_due(session: Session, at: datetime) -> bool:
    """Whether `claim` would find something; a read that does not hold up those who write."""
    return session.scalar(select(OutgoingMail.id).where(_to_send(at)).limit(1)) is not None


def _to_send(at: datetime):
    due = and_(OutgoingMail.state.in_(WAITING), OutgoingMail.due_at <= at)
    return or_(due, and_(OutgoingMail.state == "sending", OutgoingMail.leased_until <= at))


def withdraw(session: Session, event_id: int, kind: str) -> list[OutgoingMail]:
    """Take back the mails of an event that have not begun to leave; returns them."""
    return _withdraw(session, OutgoingMail.event_id == event_id, OutgoingMail.kind == kind)


def withdraw_from(session: Session, event_id: int, person_id: int) -> list[OutgoingMail]:
    """Take back what is on its way to one person about one event."""
    return _withdraw(session, OutgoingMail.event_id == event_id, OutgoingMail.person_id == person_id)


def _withdraw(session: Session, *which) -> list[OutgoingMail]:
    one = update(OutgoingMail).where(*which, OutgoingMail.state == "queued", OutgoingMail.attempts == 0)
    taken = session.scalars(one.values(state="withdrawn").returning(OutgoingMail.id)).all()
    query = select(OutgoingMail).where(OutgoingMail.id.in_(taken)).order_by(OutgoingMail.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def send_again(session: Session, mail: OutgoingMail, at: datetime) -> None:
    """Queue a failed mail once more as it is, with a new 48 hours to succeed in; others are left alone."""
    if mail.state == "failed":
        mail.state, mail.attempts, mail.queued_at, mail.due_at, mail.reply = "queued", 0, at, at, None


def mail_by_id(session: Session, mail_id: int) -> OutgoingMail:
    """Return one mail with its sealed content; raises NotFound."""
    mail = session.scalar(select(OutgoingMail).options(undefer(OutgoingMail.content)).where(OutgoingMail.id == mail_id))
    if mail is None:
        raise NotFound
    return mail


def mails_by_person(session: Session, event_id: int, kind: str) -> dict[int, OutgoingMail]:
    """Return the newest mail of a kind about an event, by the recipient's person id; withdrawn ones do not count."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.kind == kind, OutgoingMail.state != "withdrawn"
    last = select(func.max(OutgoingMail.id)).where(*mine).group_by(OutgoingMail.person_id)
    mails = session.scalars(select(OutgoingMail).where(OutgoingMail.id.in_(last)))
    return {mail.person_id: mail for mail in mails if mail.person_id is not None}
