"""Who is invited to an event, for whom they stand, and what they have answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.people.models import Group, Organisation, Person

EVENT_ROLES = (
    "chair", "vice_chair", "secretary", "member", "deputy", "expert", "observer", "speaker", "adjuster",
)  # fmt: skip
CHOICES = ("accepted", "declined", "tentative", "asked", "waiting")
SOURCES = ("link", "calendar", "phone", "letter", "email", "file", "update")
OFFER_STATES = ("open", "taken", "declined", "expired", "withdrawn")
OPEN = text("state = 'open'")


class Invitee(Base):
    """A person's place at one event. A substitute is an invitee too and keeps the place of the one who sent them."""

    __tablename__ = "invitees"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int]
    role: Mapped[str | None] = mapped_column(one_of("role", *EVENT_ROLES))
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("invitees.id", ondelete="SET NULL"), index=True)

    person: Mapped[Person] = relationship(lazy="raise")
    represents: Mapped[list[Representation]] = relationship(
        lazy="raise", order_by="Representation.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Representation(Base):
    """A group or organisation for which an invitee comes."""

    __tablename__ = "representations"
    __table_args__ = (CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name="one_body"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitees.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)

    group: Mapped[Group | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Response(Base):
    """One answer of an invitee, never changed: the last one stands, the others are its history.

    substitute_id names the invitee who comes in their place; the choice is then `declined`. `waiting` is the wish to
    come, without a seat yet. `asked` is no answer: they were asked anew, since the time or place had changed (source
    `update`), or, as a substitute, were no longer needed. It keeps mode and substitute_id of the answer before: until
    they answer, their seat is theirs, and who comes in their place does so.
    """

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitees.id", ondelete="CASCADE"), index=True)
    choice: Mapped[str] = mapped_column(one_of("choice", *CHOICES))
    mode: Mapped[str | None] = mapped_column(one_of("mode", "in_person", "remote"))
    comment: Mapped[str | None] = mapped_column(Text)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("invitees.id", ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(one_of("source", *SOURCES))
    responded_at: Mapped[datetime] = mapped_column(Instant)


class Offer(Base):
    """A seat that is kept for an invitee until a time: offered from the waiting list, or passed on with a place.

    made_by tells why: `automatic` and `hand` are offers, `place` is the seat of one in whose place they come, or of
    their own whose substitute cannot come.
    """

    __tablename__ = "offers"
    __table_args__ = (Index("uq_offers_open", "invitee_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitees.id", ondelete="CASCADE"), index=True)
    offered_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(one_of("state", *OFFER_STATES), default="open")
    made_by: Mapped[str] = mapped_column(one_of("made_by", "automatic", "hand", "place"))
