"""Signing in and out of the secretariat: passwords by Argon2id, opaque session cookies of 256 bits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache

from pwdlib import PasswordHash
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountSession

LASTS = timedelta(hours=12)
SHORTEST_PASSWORD = 12

_passwords = PasswordHash.recommended()


SIGNED_IN = (
    select(Account)
    .join(AccountSession, AccountSession.account_id == Account.id)
    .where(AccountSession.token_hash == bindparam("digest"), AccountSession.expires_at > bindparam("at"))
)


def add_account(session: Session, *, email: str, name: str, password: str, language: str = "fi") -> Account:
    """Store a new account; the password is kept only as its Argon2id hash."""
    account = Account(email=email.lower(), name=name, password_hash=_passwords.hash(password), language=language)
    session.add(account)
    session.flush()
    return account


def sign_in(session: Session, email: str, password: str, at: datetime) -> tuple[Account, str] | None:
    """Return the account and a new session's token, or None; an unknown address takes as long as a wrong password."""
    account = session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))
    known = account.password_hash if account else _nobody()
    if not _passwords.verify(password, known) or account is None:
        return None
    session.execute(delete(AccountSession).where(AccountSession.expires_at < at))
    token = secrets.token_urlsafe(32)
    session.add(AccountSession(token_hash=_digest(token), account_id=account.id, expires_at=at + LASTS))
    return account, token


def account_of(session: Session, token: str, at: datetime) -> Account | None:
    """Return who is signed in with a session's token; None when it is unknown, ended or expired."""
    return session.scalar(SIGNED_IN, {"digest": _digest(token), "at": at})


def sign_out(session: Session, token: str) -> None:
    session.execute(delete(AccountSession).where(AccountSession.token_hash == _digest(token)))


@cache
def _nobody() -> str:
    return _passwords.hash(secrets.token_urlsafe(16))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
