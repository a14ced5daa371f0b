"""Keeps what arrived, each mail once: however often it is fetched, and by whatever number the mailbox calls it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.inbox.models import IncomingMail
from app.mail.sealing import seal
from app.settings import Settings


@dataclass(frozen=True)
class Origin:
    """Where a mail lies: a mailbox, the UIDVALIDITY under which it is numbered, and its UID (RFC 3501)."""

    mailbox: str
    uidvalidity: int
    uid: int


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(session: Session, content: bytes) -> IncomingMail | None:
    """Return the row of a mail that was kept before."""
    return session.scalar(select(IncomingMail).where(IncomingMail.digest == digest_of(content)))


def keep(
    session: Session, settings: Settings, content: bytes, *, arrived_at: datetime, origin: Origin | None = None
) -> IncomingMail | None:
    """Add a mail to what is to be judged; returns None for one that is there already."""
    if kept(session, content) is not None:
        return None
    digest = digest_of(content)
    mail = IncomingMail(digest=digest, content=seal(settings.secret, content, digest), arrived_at=arrived_at, tries=0)
    if origin is not None:
        mail.mailbox, mail.uidvalidity, mail.mailbox_uid = origin.mailbox, origin.uidvalidity, origin.uid
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:  # another server of ours fetched the same mail just now
        return None
    return mail


def keep_unfetchable(session: Session, origin: Origin, at: datetime) -> None:
    """Note a mail that the mail server breaks off at each time it is asked for, so that the next ones are read."""
    digest = digest_of(repr(origin).encode())
    mail = IncomingMail(
        digest=digest, mailbox=origin.mailbox, uidvalidity=origin.uidvalidity, mailbox_uid=origin.uid, arrived_at=at,
        state="waiting", content=b"", verdict="unreadable", reason="unfetchable", tries=0,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:
        return
