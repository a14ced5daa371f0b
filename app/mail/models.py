from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, LargeBinary, String, Text, false, select, text
from sqlalchemy.orm import Mapped, column_property, deferred, mapped_column

from app.db import Base, Instant, one_of
from app.secretariats.models import OfEvent

KINDS = (
    "invitation", "update", "cancellation", "reminder", "offer", "memo", "notice", "comments",  # about an event
    "account", "code", "changed",  # to a person of the secretariat; a code for a link; an answer was changed
)  # fmt: skip
MAILING_KINDS = KINDS[:8]
STATES = ("queued", "sending", "sent", "uncertain", "failed", "bounced", "withdrawn")
OPEN = text("state IN ('queued', 'sending', 'uncertain')")
UNWRITTEN = text("NOT written AND state = 'queued'")


class Mailing(Base):
    """All mails that one press sends about an event; `frozen` holds what they share, as it was then: the letter in each
    language, the event's facts, and the words that are the same for all. Who keeps it knows its shape."""

    __tablename__ = "mailings"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(one_of("kind", *MAILING_KINDS))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str | None] = mapped_column(String(200))
    frozen: Mapped[dict[str, Any]] = mapped_column(JSON)


class MailContent(Base):
    """A whole mail as it leaves (RFC 5322), frozen and sealed with the installation's secret, since it holds the
    personal link. Apart from the mail's own row: SQLite writes a row anew, all of it, whenever its state changes.
    """

    __tablename__ = "mail_contents"

    mail_id: Mapped[int] = mapped_column(ForeignKey("outgoing_mails.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class OutgoingMail(OfEvent, Base):
    """One mail to one recipient, written in the transaction of the act that causes it.

    key makes a second copy of the same message to the same person impossible. A mail of a mailing is written out of
    `inputs`, which are its recipient's own words, before it leaves; until then it is not written and has no content
    (`MailContent`: what is read here is set there). due_at is when the mail is next taken: to leave while it waits,
    anew while it is being sent, for whoever holds it (claimed_by) may have died. domain is where it goes to.
    """

    __tablename__ = "outgoing_mails"
    __table_args__ = (
        Index("ix_outgoing_mails_open", "due_at", "id", "domain", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_outgoing_mails_unwritten", "id", sqlite_where=UNWRITTEN, postgresql_where=UNWRITTEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"), index=True)
    to_name: Mapped[str] = mapped_column(String(400))
    to_address: Mapped[str] = mapped_column(String(254))
    domain: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(500))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    inputs: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON(none_as_null=True)))
    written: Mapped[bool] = mapped_column(default=False, server_default=false())
    content: Mapped[bytes | None] = column_property(
        select(MailContent.sealed).where(MailContent.mail_id == id).correlate_except(MailContent).scalar_subquery(),
        deferred=True,
    )
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    queued_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reply: Mapped[str | None] = mapped_column(Text)


class Outbox(Base):
    """The one row that says whether anything leaves: held until somebody lets it go, paused until a time.

    starts counts the starts of the server on this database; database_file is what the file was called by its disk at
    the last one. Both tell a restored database from one that ran on (app/mail/holding.py).
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    held_because: Mapped[str | None] = mapped_column(String(40))
    paused_until: Mapped[datetime | None] = mapped_column(Instant)
    paused_because: Mapped[str | None] = mapped_column(Text)
    starts: Mapped[int] = mapped_column(default=0)
    database_file: Mapped[str | None] = mapped_column(String(80))


class Pace(Base):
    """A domain that has asked for a slower pace: one mail in so many seconds, the next not before a time."""

    __tablename__ = "mail_paces"

    domain: Mapped[str] = mapped_column(String(255), primary_key=True)
    every: Mapped[float] = mapped_column(Double)
    not_before: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class MailWorker(Base):
    """A process that sends: where it runs (host and process), and when it last said that it lives."""

    __tablename__ = "mail_workers"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    host: Mapped[str] = mapped_column(String(200))
    process: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(Instant)
    beat_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    sent: Mapped[int] = mapped_column(default=0)


class UndeliverableAddress(Base):
    """An address, in lower case, from which mail came back for good: its status code (RFC 3463) and what was said."""

    __tablename__ = "undeliverable_addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    since: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str | None] = mapped_column(String(20))
    said: Mapped[str | None] = mapped_column(String(500))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_mails.id", ondelete="SET NULL"), index=True)
