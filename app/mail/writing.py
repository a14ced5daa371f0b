"""Writes the mails of mailings out of their recipients' own words, before they leave: in the minute in which they wait.

A mail is the same bytes whenever it is written: whatever could differ (Message-ID, date, boundaries) comes from its
row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.mail import jobs
from app.mail.models import UNWRITTEN, MailContent, Mailing, OutgoingMail
from app.mail.sealing import seal
from app.rows import add_rows

log = logging.getLogger("koolle")

AT_ONCE = 50


class Unwritten(NamedTuple):
    """What a mail is written out of: what its mailing holds for all, and its recipient's own words."""

    mailing_id: int
    kind: str
    frozen: dict[str, Any]
    made_at: datetime
    to_name: str
    to_address: str
    subject: str
    message_id: str
    inputs: dict[str, Any]


Write = Callable[[Unwritten], bytes]
INPUTS = select(
    OutgoingMail.id, OutgoingMail.mailing_id, Mailing.kind, Mailing.frozen, Mailing.made_at, OutgoingMail.to_name,
    OutgoingMail.to_address, OutgoingMail.subject, OutgoingMail.message_id, OutgoingMail.inputs,
).join(Mailing, Mailing.id == OutgoingMail.mailing_id)  # fmt: skip


def write_some(
    session: Session, secret: bytes, write: Write, most: int = AT_ONCE, mailing_id: int | None = None
) -> int:
    """Write the next mails, of one mailing or of any, that are not written yet, the oldest first; returns how many
    were."""
    first = select(OutgoingMail.id).where(UNWRITTEN).order_by(OutgoingMail.id).limit(most)
    first = first.where(OutgoingMail.mailing_id == mailing_id) if mailing_id is not None else first
    return write_these(session, secret, write, session.scalars(first.with_for_update(skip_locked=True)).all())


def write_one(session: Session, secret: bytes, write: Write, mail_id: int) -> int:
    """Write one mail that is not written yet, unless another does just now: what it says may be changed until then."""
    mine = select(OutgoingMail.id).where(OutgoingMail.id == mail_id, UNWRITTEN).with_for_update(skip_locked=True)
    return write_these(session, secret, write, session.scalars(mine).all())


def write_these(session: Session, secret: bytes, write: Write, ids: Sequence[int]) -> int:
    """Write those of some mails that are not written yet; returns how many were. One that cannot be written has failed,
    and keeps none of the others."""
    written, failed = [], []
    for mail_id, *values in session.execute(INPUTS.where(OutgoingMail.id.in_(ids), UNWRITTEN)):
        try:
            written.append({"mail_id": mail_id, "sealed": seal(secret, write(Unwritten(*values)), values[7])})
        except Exception as error:  # whatever stands in it, the next one is written all the same
            log.error("post: mail %s cannot be written: %s", mail_id, type(error).__name__)
            failed.append(mail_id)
    if written:
        ids = [one["mail_id"] for one in written]
        # another may write the same mail at the same moment: the bytes are the same
        add_rows(session, MailContent.__table__, written, unless=[])
        these = update(OutgoingMail).where(OutgoingMail.id.in_(ids)).execution_options(synchronize_session=False)
        session.execute(these.values(written=True))
        _plan(session, ids)
    if failed:
        these = update(OutgoingMail).where(OutgoingMail.id.in_(failed), UNWRITTEN)
        session.execute(these.values(state="failed", reply="unwritten").execution_options(synchronize_session=False))
    return len(written) + len(failed)


def _plan(session: Session, ids: Sequence[int]) -> None:
    """Plan to send mails now that they are written: to plan thousands in the request that queues them takes longer than
    all the rest of it."""
    if jobs.has_jobs(session):
        due = select(OutgoingMail.id, OutgoingMail.due_at).where(OutgoingMail.id.in_(ids))
        jobs.plan_anew(session, {mail_id: due_at for mail_id, due_at in session.execute(due)})


def write_alone(session: Session, write: Write, mail_id: int) -> bytes:
    """Return a mail that is not written yet as it will be, and leave it as it is."""
    _id, *values = session.execute(INPUTS.where(OutgoingMail.id == mail_id)).one()
    return write(Unwritten(*values))


def anything_unwritten(session: Session) -> bool:
    return session.scalar(select(OutgoingMail.id).where(UNWRITTEN).limit(1)) is not None
