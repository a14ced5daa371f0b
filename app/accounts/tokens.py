"""What opens one step once: 256 random bits, of which the database holds the hash (NIST SP 800-63B-4, 5.1)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import AccountToken

LASTS = {
    "reset": timedelta(minutes=30),
    "code": timedelta(minutes=10),
    "passkey": timedelta(minutes=5),
    "passkey_new": timedelta(minutes=5),
    "entered": timedelta(minutes=10),
}


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def give(
    session: Session, purpose: str, at: datetime, *, account_id: int | None = None, value: bytes | None = None
) -> str:
    """Return a new token for one step; those that have run out are swept away."""
    session.execute(delete(AccountToken).where(AccountToken.expires_at < at))
    token, ends = new_token(), at + LASTS[purpose]
    row = AccountToken(
        token_hash=digest(token), purpose=purpose, account_id=account_id, value=value, wrong=0, expires_at=ends
    )
    session.add(row)
    session.flush()
    return token


def look(session: Session, purpose: str, token: str | None, at: datetime, *, hold: bool = False) -> AccountToken | None:
    """Return what a token stands for, None where it is unknown, used, too old or for another purpose; hold: to the end
    of the transaction nobody else takes it."""
    mine = AccountToken.token_hash == digest(token or ""), AccountToken.purpose == purpose
    query = select(AccountToken).where(*mine, AccountToken.expires_at > at)
    return session.scalar(query.with_for_update() if hold else query)


def take(session: Session, purpose: str, token: str | None, at: datetime) -> AccountToken | None:
    """As `look`, and the token opens nothing any more."""
    row = look(session, purpose, token, at, hold=True)
    gone = row and session.execute(delete(AccountToken).where(AccountToken.token_hash == row.token_hash)).rowcount
    return row if gone else None


def drop(session: Session, purpose: str, account_id: int) -> None:
    """Let no token of an account for a purpose open anything any more."""
    mine = AccountToken.purpose == purpose, AccountToken.account_id == account_id
    session.execute(delete(AccountToken).where(*mine))
