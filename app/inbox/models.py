from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, Instant, one_of

KINDS = ("reply", "counter", "bounce", "automatic", "other")
STATES = ("arrived", "waiting", "noted", "taken", "left")


class IncomingMail(Base):
    """One mail that arrived, kept once: by its place in the mailbox, and by its bytes where places are numbered anew.

    state: arrived (not judged yet), waiting (for the secretary), noted (nothing to do, or done by itself), taken or
    left by the secretary. content is the whole mail, sealed, since what people quote holds their personal link. verdict
    and reason are codes (app/inbox/judging.py); response_id is the answer that it made, before it is there none.
    """

    __tablename__ = "incoming_mails"
    __table_args__ = (
        UniqueConstraint("mailbox", "uidvalidity", "mailbox_uid"),
        Index("ix_incoming_mails_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    mailbox: Mapped[str | None] = mapped_column(String(300))
    uidvalidity: Mapped[int | None] = mapped_column(BigInteger)
    mailbox_uid: Mapped[int | None] = mapped_column(BigInteger)
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="arrived")
    tries: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))

    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS), default="other")
    verdict: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(40))
    message_id: Mapped[str | None] = mapped_column(String(300))
    subject: Mapped[str | None] = mapped_column(String(300))
    sender: Mapped[str | None] = mapped_column(String(254))
    sender_name: Mapped[str | None] = mapped_column(String(200))
    attendee: Mapped[str | None] = mapped_column(String(254))
    status: Mapped[str | None] = mapped_column(String(40))
    comment: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime | None] = mapped_column(Instant)
    delegated_to: Mapped[str | None] = mapped_column(String(254))
    delegate_name: Mapped[str | None] = mapped_column(String(200))
    proposed_start: Mapped[datetime | None] = mapped_column(Instant)
    proposed_end: Mapped[datetime | None] = mapped_column(Instant)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invitee_id: Mapped[int | None] = mapped_column(ForeignKey("invitees.id", ondelete="SET NULL"), index=True)
    outgoing_mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("outgoing_mails.id", ondelete="SET NULL"), index=True
    )
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL"), index=True)

    @classmethod
    def kept_by(cls, secretariat_id: int) -> ColumnElement[bool]:
        """Its event's secretariat keeps it; where it is about no event, the oldest that knows the sender's address,
        else the oldest of all: somebody has to look at it."""
        events, people, secretariats = (Base.metadata.tables[name] for name in ("events", "people", "secretariats"))
        of_event = select(events.c.secretariat_id).where(events.c.id == cls.event_id).correlate_except(events)
        address = func.lower(people.c.email) == func.lower(cls.sender)
        knows = select(people.c.id).where(people.c.secretariat_id == secretariats.c.id, address)
        knowing = select(func.min(secretariats.c.id)).where(knows.correlate_except(people).exists())
        oldest = select(func.min(secretariats.c.id))
        parts = [of_event.scalar_subquery()]
        parts += [one.correlate_except(secretariats).scalar_subquery() for one in (knowing, oldest)]
        return func.coalesce(*parts) == secretariat_id


class MailboxPosition(Base):
    """How far a mailbox has been read: the highest UID under its UIDVALIDITY (RFC 3501 section 2.3.1.1), from which day
    on, and which process reads it just now. problem is a code of why it could not be read (`mailbox.Unusable`)."""

    __tablename__ = "mailbox_positions"

    mailbox: Mapped[str] = mapped_column(String(300), primary_key=True)
    uidvalidity: Mapped[int | None] = mapped_column(BigInteger)
    mailbox_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    begins_on: Mapped[date] = mapped_column(Date)
    reader: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(String(40))
