"""Who is signed in: opaque session cookies of 256 bits, of which the database holds the hash.

A session ends 12 hours after the sign-in, and after an hour in which nothing was asked for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountSession
from app.accounts.passwords import hash_of, verify
from app.accounts.tokens import digest, new_token
from app.errors import NotFound
from app.secretariats.models import Role, Secretariat
from app.secretariats.scope import add_to

LASTS, IDLE, SEEN_WITHIN = timedelta(hours=12), timedelta(minutes=60), timedelta(minutes=1)


class Seat(NamedTuple):
    """Who is signed in, at work in which secretariat, in which role; None: in none. several: they have roles in others
    too. seen_at and began_at are the session's."""

    account: Account
    secretariat_id: int | None
    role: str | None
    seen_at: datetime
    began_at: datetime
    secretariat: str | None
    several: bool


SIGNED_IN = (
    select(
        Account, Role.secretariat_id, Role.role, AccountSession.seen_at, AccountSession.began_at, Secretariat.name,
        select(func.count(Role.id) > 1).where(Role.account_id == Account.id).correlate(Account).scalar_subquery(),
    )
    .join(AccountSession, AccountSession.account_id == Account.id)
    .outerjoin(Role, and_(Role.account_id == Account.id, Role.secretariat_id == AccountSession.secretariat_id))
    .outerjoin(Secretariat, Secretariat.id == Role.secretariat_id)
    .where(
        AccountSession.token_hash == bindparam("digest"), AccountSession.expires_at > bindparam("at"),
        AccountSession.seen_at > bindparam("idle"), Account.ended_at.is_(None),
    )
)  # fmt: skip


def add_account(
    session: Session, *, email: str, name: str, password: str | None, language: str = "fi", role: str = "owner",
    secretariat_id: int | None = None,
) -> Account:  # fmt: skip
    """Store a new account with a role in a secretariat, None: the oldest; the password is kept only as its Argon2id
    hash."""
    kept = hash_of(password) if password else None
    account = Account(email=email.lower(), name=name, password_hash=kept, language=language)
    session.add(account)
    session.flush()
    place = secretariat_id or session.scalar(select(func.min(Secretariat.id)))
    session.add(Role(account_id=account.id, secretariat_id=place, role=role))
    session.flush()
    return account


def account_of(session: Session, email: str) -> Account | None:
    """Return the account of an address, ended ones too."""
    return session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))


def by_password(session: Session, email: str, password: str) -> Account | None:
    """Return whose password this is, None for nobody's; an unknown address takes as long as a wrong password."""
    account = account_of(session, email)
    right, anew = verify(password, account.password_hash if account and account.ended_at is None else None)
    if account is None or not right:
        return None
    account.password_hash = anew or account.password_hash
    return account


def sign_in(session: Session, email: str, password: str, at: datetime) -> tuple[Account, str] | None:
    """Return the account and a new session's token, or None. Asks for nothing but a password and counts nothing: the
    pages do (app/accounts/entering.py)."""
    account = by_password(session, email, password)
    return (account, begin(session, account, at)) if account else None


def begin(
    session: Session, account: Account, at: datetime, *, browser: str | None = None, secretariat_id: int | None = None
) -> str:
    """Return the token of a new session of an account; what has run out is swept away."""
    session.execute(
        delete(AccountSession).where((AccountSession.expires_at <= at) | (AccountSession.seen_at <= at - IDLE))
    )
    token, account.signed_in_at = new_token(), at
    first = select(Role.secretariat_id).where(Role.account_id == account.id).order_by(Role.id).limit(1)
    place = secretariat_id or session.scalar(first)
    session.add(
        AccountSession(
            token_hash=digest(token), account_id=account.id, secretariat_id=place,
            expires_at=at + LASTS, began_at=at, seen_at=at, browser=browser,
        )
    )  # fmt: skip
    session.flush()
    if place is not None:
        add_to(session, place)  # where it is noted that they came
    return token


def seat_of(session: Session, token: str, at: datetime) -> Seat | None:
    """Return who is signed in with a session's token; None when it is unknown, ended, expired or was left alone."""
    found = session.execute(SIGNED_IN, {"digest": digest(token), "at": at, "idle": at - IDLE}).one_or_none()
    return Seat(*found) if found else None


def keep_alive(session: Session, token: str, at: datetime) -> None:
    """Note that a session is in use; one that has ended stays so."""
    mine = AccountSession.token_hash == digest(token), AccountSession.seen_at < at
    session.execute(update(AccountSession).where(*mine).values(seen_at=at).execution_options(synchronize_session=False))


def work_in(session: Session, token: str, secretariat_id: int) -> None:
    """Let a session be at work in another secretariat, in which its account has a role; raises NotFound."""
    mine = update(AccountSession).where(
        AccountSession.token_hash == digest(token),
        AccountSession.account_id.in_(select(Role.account_id).where(Role.secretariat_id == secretariat_id)),
    )
    if not session.execute(mine.values(secretariat_id=secretariat_id)).rowcount:
        raise NotFound
    add_to(session, secretariat_id)


def sign_out(session: Session, token: str) -> None:
    session.execute(delete(AccountSession).where(AccountSession.token_hash == digest(token)))


def end_all(session: Session, account_id: int, *, but: str | None = None) -> int:
    """End an account's sessions, but for one's own; returns how many."""
    others = AccountSession.account_id == account_id, AccountSession.token_hash != digest(but or "")
    return session.execute(delete(AccountSession).where(*others)).rowcount


def sessions_of(session: Session, account_id: int, at: datetime) -> list[AccountSession]:
    """Return an account's sessions that go on, the newest first."""
    alive = AccountSession.expires_at > at, AccountSession.seen_at > at - IDLE
    query = select(AccountSession).where(AccountSession.account_id == account_id, *alive)
    return list(session.scalars(query.order_by(AccountSession.began_at.desc(), AccountSession.token_hash)))


def rotate(session: Session, token: str, at: datetime) -> str:
    """Give a session another token, as after each change of what signs in; returns it."""
    new = new_token()
    mine = update(AccountSession).where(AccountSession.token_hash == digest(token))
    session.execute(mine.values(token_hash=digest(new), seen_at=at).execution_options(synchronize_session=False))
    return new
