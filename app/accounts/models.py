from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, one_of
from app.secretariats.models import ROLES, OfSecretariat

PURPOSES = ("reset", "code", "passkey", "passkey_new", "entered")


class Account(Base):
    """A person of the secretariat who signs in: by a passkey, a password (None: has none) or the organisation.

    ended_at: when the last role was taken away; nothing of theirs opens anything from then on.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class AccountSession(Base):
    """One signed-in browser, at work in one secretariat; only the hash of its cookie is kept.

    It ends at expires_at, and earlier when nothing was asked for in an hour (seen_at, exact to a minute).
    """

    __tablename__ = "account_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    secretariat_id: Mapped[int | None] = mapped_column(ForeignKey("secretariats.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    browser: Mapped[str | None] = mapped_column(String(100))


class AccountInvitation(OfSecretariat, Base):
    """A colleague asked to join a secretariat in a role; gone once accepted or withdrawn.

    The link in the mail is 256 random bits, of which the hash is kept.
    """

    __tablename__ = "account_invitations"
    __table_args__ = (Index("uq_account_invitations_email", "secretariat_id", text("lower(email)"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(one_of("role", *ROLES))
    language: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class AccountToken(Base):
    """What opens one step, once and for a short time: a reset, a second factor, a passkey's challenge (its value).

    Only the hash of what the browser or the mail holds is kept. wrong: how often its answer was wrong.
    """

    __tablename__ = "account_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(one_of("purpose", *PURPOSES))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    value: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrong: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Passkey(Base):
    """A public key of a person's device or key (WebAuthn Level 3); sign_count is the last that it has told."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Authenticator(Base):
    """An app that shows one-time codes (RFC 6238): its secret, sealed; asked for only once a code has confirmed it.

    step is the last one whose code was used (30 seconds each): none is taken twice.
    """

    __tablename__ = "authenticators"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    step: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryCode(Base):
    """The hash of a code that opens once in place of the authenticator; gone once used."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)


class Identity(Base):
    """Who an account is at the organisation's sign-in: its issuer and the subject there, never an address."""

    __tablename__ = "identities"
    __table_args__ = (Index("uq_identities_issuer_subject", "issuer", "subject", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(Instant)


class WrongTry(Base):
    """How often something was wrong of late, by whom it is counted: an HMAC of an account's or a client's address."""

    __tablename__ = "wrong_tries"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wrong: Mapped[int]
    since: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
