from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, LocalTime, one_of
from app.people.models import Person

KINDS = ("item", "break", "registration", "section")


class AgendaItem(Base):
    """A point of the programme: it flows for `minutes` after the one before, or starts at a fixed local time.

    A section is a heading over what follows and takes no time. notes are the chair's own; begun_at and ended_at are
    when it was taken up and closed on the day. follow_up_id: what it deals with was proposed at an earlier event.
    """

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS), default="item")
    title: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[int | None]
    at: Mapped[datetime | None] = mapped_column(LocalTime)
    number: Mapped[str | None] = mapped_column(String(40))
    description: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id", ondelete="SET NULL"), index=True)

    speakers: Mapped[list[Speaker]] = relationship(
        lazy="raise", order_by="Speaker.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Speaker(Base):
    """Who presents an item: a person of the address book, or somebody from outside by name."""

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    organisation: Mapped[str | None] = mapped_column(String(300))

    person: Mapped[Person | None] = relationship(lazy="raise")


class ProgrammeVersion(Base):
    """The programme as it was sent out: its rows with their times, never changed."""

    __tablename__ = "programme_versions"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
