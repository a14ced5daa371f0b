"""How far a mailbox is read, and who reads it: one process at a time, for as long as it says so again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.inbox.models import MailboxPosition
from app.invitations.models import Invitation

LEASE = timedelta(minutes=3)
RENEWED = timedelta(minutes=2)


def position_of(session: Session, mailbox: str, at: datetime) -> MailboxPosition:
    """Return the position of a mailbox, held; the first time it is from the day before the first invitation left: no
    mail that came before answers one."""
    query = select(MailboxPosition).where(MailboxPosition.mailbox == mailbox).with_for_update()
    position = session.scalar(query)
    if position is None:
        first = session.scalar(select(func.min(Invitation.sent_at)))
        begins_on = (min(first, at) if first else at).date() - timedelta(days=1)
        try:
            with session.begin_nested():
                session.add(MailboxPosition(mailbox=mailbox, mailbox_uid=0, begins_on=begins_on))
        except IntegrityError:  # another server of ours began at the same moment
            pass
        position = session.scalars(query).one()
    return position


def read_by_another(session: Session, mailbox: str, reader: str, at: datetime) -> bool:
    """Whether another process reads it; a read that holds up nobody."""
    position = session.get(MailboxPosition, mailbox)
    mine = position is None or position.reader in (None, reader)
    return not (mine or position.leased_until is None or position.leased_until <= at)


def is_mine(session: Session, mailbox: str, reader: str, at: datetime) -> bool:
    """Whether this process may read on without saying so anew."""
    position = session.get(MailboxPosition, mailbox)
    return bool(
        position and position.reader == reader and position.leased_until and position.leased_until > at + RENEWED
    )


def claim_reading(session: Session, mailbox: str, reader: str, at: datetime) -> bool:
    """Say that this process reads the mailbox for the next minutes; returns False where another does."""
    position = position_of(session, mailbox, at)
    if read_by_another(session, mailbox, reader, at):
        return False
    position.reader, position.leased_until, position.read_at, position.problem = reader, at + LEASE, at, None
    return True


def give_up_reading(session: Session, mailbox: str, reader: str, problem: str | None, at: datetime) -> None:
    """Let another process read it; problem is why this one could not."""
    position = position_of(session, mailbox, at)
    if position.reader in (None, reader):
        position.reader, position.leased_until, position.problem = None, None, problem


def numbered_from(session: Session, mailbox: str, uidvalidity: int, at: datetime) -> MailboxPosition:
    """Return where to read on; where the mailbox has numbered its mails anew, from the first (they are kept once)."""
    position = position_of(session, mailbox, at)
    if position.uidvalidity != uidvalidity:
        position.uidvalidity, position.mailbox_uid = uidvalidity, 0
    return position


def advance(session: Session, mailbox: str, uidvalidity: int, uid: int, at: datetime) -> None:
    """Note that a mail has been kept; in the transaction that keeps it."""
    position = position_of(session, mailbox, at)
    if position.uidvalidity == uidvalidity:
        position.mailbox_uid = max(position.mailbox_uid, uid)
