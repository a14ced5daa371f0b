from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.language import LANGUAGES
from app.people.models import Group
from app.secretariats.models import OfSecretariat

TEMPLATE_KINDS = ("invitation", "reminder", "update", "cancellation")


class InvitationLetter(Base):
    """What the secretariat writes in an event's invitation in one language; without any the letter writes itself."""

    __tablename__ = "invitation_letters"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(one_of("language", *LANGUAGES), primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)


class LetterTemplate(OfSecretariat, Base):
    """A letter kept to begin from; for one convener's events, or for everybody's where convener_id is None."""

    __tablename__ = "letter_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(one_of("kind", *TEMPLATE_KINDS))
    language: Mapped[str] = mapped_column(one_of("language", *LANGUAGES))
    convener_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)

    convener: Mapped[Group | None] = relationship(lazy="raise")


class Invitation(Base):
    """The asking of one invitee, with its calendar identity: uid for life, sequence by RFC 5546 section 2.1.4.

    sequence is that of the last mail that changed when or where, or cancelled; answers to an earlier one are stale.
    cancelled_at is when they were told not to come, since the event or their place is no more. printed_at is when a
    letter was printed for somebody who is asked on paper.
    """

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("invitee_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitees.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    printed_at: Mapped[datetime | None] = mapped_column(Instant)


class Reminder(Base):
    """A reminder of an event: to answer, or to fill in the survey. It is sent once, to those who are silent then.

    days_before and clock say when, counted from the day by which to answer (or to fill in); without them it was sent by
    hand. sent is how many got it.
    """

    __tablename__ = "reminders"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(one_of("about", "answer", "survey"))
    days_before: Mapped[int | None]
    clock: Mapped[str | None] = mapped_column(String(5))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    sent: Mapped[int] = mapped_column(default=0)
