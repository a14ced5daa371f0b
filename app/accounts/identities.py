"""Links accounts with the organisation's sign-in: by issuer and subject, never by an address, which changes hands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Identity


def by_identity(session: Session, issuer: str, subject: str) -> Account | None:
    """Return whose identity this is; None where nobody has linked it, or their access has ended."""
    query = select(Account).join(Identity, Identity.account_id == Account.id)
    mine = Identity.issuer == issuer, Identity.subject == subject, Account.ended_at.is_(None)
    return session.scalar(query.where(*mine))


def link(session: Session, account: Account, issuer: str, subject: str, at: datetime) -> bool:
    """Link an account with an identity; False where it is somebody's already."""
    taken = Identity.issuer == issuer, Identity.subject == subject
    if session.scalar(select(Identity.id).where(*taken)) is not None:
        return False
    session.add(Identity(account_id=account.id, issuer=issuer, subject=subject, linked_at=at))
    session.flush()
    return True


def identity_of(session: Session, account_id: int) -> Identity | None:
    return session.scalars(select(Identity).where(Identity.account_id == account_id).limit(1)).first()


def unlink(session: Session, account_id: int) -> None:
    session.execute(delete(Identity).where(Identity.account_id == account_id))
