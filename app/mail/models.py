from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, Instant, one_of

STATES = ("queued", "sending", "sent", "uncertain", "failed", "withdrawn", "bounced")


class OutgoingMail(Base):
    """One mail to one recipient, written in the transaction of the act that causes it.

    key makes a second copy of the same message to the same person impossible. content is the whole message as it
    leaves (RFC 5322), frozen and sealed with the installation's secret, since it holds the personal link.
    """

    __tablename__ = "outgoing_mails"
    __table_args__ = (Index("ix_outgoing_mails_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(one_of("kind", "invitation", "memo", "notice"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    to_name: Mapped[str] = mapped_column(String(400))
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(500))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reply: Mapped[str | None] = mapped_column(Text)


class UndeliverableAddress(Base):
    """An address, in lower case, from which mail came back for good: its status code (RFC 3463) and what was said."""

    __tablename__ = "undeliverable_addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    since: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str | None] = mapped_column(String(20))
    said: Mapped[str | None] = mapped_column(String(500))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_mails.id", ondelete="SET NULL"), index=True)
