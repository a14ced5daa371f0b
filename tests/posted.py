"""Mails of mailings, written as the worker writes them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.invitations.stencils import write_with
from app.mail.models import OutgoingMail
from app.mail.sealing import unseal
from app.mail.writing import write_some
from app.settings import Settings


def write_all(session: Session, settings: Settings) -> None:
    """Write whatever is not written yet."""
    session.flush()
    while write_some(session, settings.secret, write_with(settings)):
        pass


def posted(session: Session, settings: Settings, *kinds: str) -> list[OutgoingMail]:
    """Return the mails of some kinds, or of all, in the order in which they were queued, written."""
    write_all(session, settings)
    query = select(OutgoingMail).options(undefer(OutgoingMail.content)).order_by(OutgoingMail.id)
    query = query.where(OutgoingMail.kind.in_(kinds)) if kinds else query
    return list(session.scalars(query.execution_options(populate_existing=True)))


def opened(settings: Settings, mail: OutgoingMail) -> EmailMessage:
    """Return a written mail as its recipient gets it."""
    return message_from_bytes(unseal(settings.secret, mail.content, mail.message_id), policy=policy.SMTP)
