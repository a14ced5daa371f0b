"""A new password for who has forgotten it: a link of 256 random bits, once, within half an hour."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.passwords import hash_of
from app.accounts.sessions import account_of, end_all
from app.accounts.tokens import drop, give, look, take


def opens_by_reset(session: Session, email: str) -> Account | None:
    """Return whose address may have a link: one with an account that has not ended. An invitation is no account."""
    account = account_of(session, email)
    return account if account and account.ended_at is None else None


def give_reset(session: Session, account: Account | None, at: datetime) -> str:
    """Return what an account's link ends in; those before open nothing any more. None: the same work for nobody."""
    drop(session, "reset", account.id if account else 0)
    return give(session, "reset", at, account_id=account.id if account else None)


def reset_of(session: Session, token: str, at: datetime, *, used: bool = False) -> Account | None:
    """Return whose link this is, None where it opens nothing; used: it then opens nothing any more."""
    row = (take if used else look)(session, "reset", token, at)
    account = session.get(Account, row.account_id) if row else None
    return account if account and account.ended_at is None else None


def set_password(session: Session, account: Account, password: str, *, but: str | None = None) -> None:
    """Give an account another password: its other sessions end, and links and codes on their way open nothing."""
    account.password_hash = hash_of(password)
    end_all(session, account.id, but=but)
    for purpose in ("reset", "code"):
        drop(session, purpose, account.id)
    session.flush()
