"""One-time codes of an authenticator app (TOTP, RFC 6238) as a second factor, and the recovery codes in their place."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Authenticator, RecoveryCode
from app.accounts.sealing import seal, unseal
from app.accounts.tokens import digest

STEP = 30  # seconds
DRIFT = (0, -1, 1)  # steps by which a telephone's clock may be off (RFC 6238, 5.2)
RECOVERY_CODES, LETTERS = 10, "23456789abcdefghjkmnpqrstuvwxyz"


def has_authenticator(session: Session, account_id: int) -> bool:
    """Whether a code is asked for after this account's password."""
    mine = Authenticator.account_id == account_id, Authenticator.confirmed_at.is_not(None)
    return session.scalar(select(Authenticator.account_id).where(*mine)) is not None


def propose(session: Session, secret: bytes, account: Account) -> None:
    """Make a new secret for an app, to be confirmed by a code; one that is confirmed already stays."""
    session.execute(
        delete(Authenticator).where(Authenticator.account_id == account.id, Authenticator.confirmed_at.is_(None))
    )
    if not has_authenticator(session, account.id):
        sealed = seal(secret, pyotp.random_base32().encode(), _place(account.id))
        session.add(Authenticator(account_id=account.id, sealed=sealed, step=0))
        session.flush()


def proposed(session: Session, secret: bytes, account: Account) -> str | None:
    """Return the secret that waits to be confirmed, in Base32; None where there is none."""
    row = session.get(Authenticator, account.id)
    return _secret(row, secret) if row and row.confirmed_at is None else None


def uri_of(base32: str, account: Account) -> str:
    """Return what the app reads from the picture."""
    return pyotp.TOTP(base32).provisioning_uri(name=account.email, issuer_name="Koolle")


def confirm(session: Session, secret: bytes, account: Account, code: str, at: datetime) -> list[str] | None:
    """Ask for codes from now on, if this is one; returns the ten recovery codes, which are shown once."""
    row = session.get(Authenticator, account.id, with_for_update=True)
    if row is None or row.confirmed_at is not None or not _is_right(row, secret, code, at):
        return None
    row.confirmed_at = at
    codes = ["".join(secrets.choice(LETTERS) for _n in range(16)) for _n in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(code_hash=digest(one), account_id=account.id) for one in codes)
    session.flush()
    return ["-".join(one[n : n + 4] for n in range(0, 16, 4)) for one in codes]


def accepts(session: Session, secret: bytes, account_id: int, code: str, at: datetime) -> bool:
    """Whether a code opens an account; it then does so no more."""
    plain = "".join(code.lower().replace("-", "").split())
    row = session.get(Authenticator, account_id, with_for_update=True)
    if row is None or row.confirmed_at is None:
        return False
    return _is_right(row, secret, plain, at) or _takes_recovery_code(session, account_id, plain)


def remove(session: Session, account_id: int) -> None:
    """Ask for no codes any more."""
    for model in (Authenticator, RecoveryCode):
        session.execute(delete(model).where(model.account_id == account_id))


def codes_left(session: Session, account_id: int) -> int:
    return session.scalar(select(func.count()).where(RecoveryCode.account_id == account_id)) or 0


def _is_right(row: Authenticator, secret: bytes, code: str, at: datetime) -> bool:
    base32 = _secret(row, secret)
    if base32 is None or not (code.isascii() and code.isdigit() and len(code) == 6):
        return False
    now, totp = int(at.timestamp()) // STEP, pyotp.TOTP(base32)
    for step in sorted(now + drift for drift in DRIFT):
        if step > row.step and hmac.compare_digest(totp.at(step * STEP), code):
            row.step = step
            return True
    return False


def _takes_recovery_code(session: Session, account_id: int, code: str) -> bool:
    mine = RecoveryCode.code_hash == digest(code), RecoveryCode.account_id == account_id
    return session.execute(delete(RecoveryCode).where(*mine)).rowcount == 1


def _secret(row: Authenticator, secret: bytes) -> str | None:
    opened = unseal(secret, row.sealed, _place(row.account_id))
    return opened.decode() if opened else None


def _place(account_id: int) -> str:
    return f"authenticator {account_id}"
