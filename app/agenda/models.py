from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, LocalTime, one_of
from app.people.models import Person


class AgendaItem(Base):
    """A point of the programme: it flows for `minutes` after the one before, or starts at a fixed local time."""

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(one_of("kind", "item", "break", "registration"), default="item")
    title: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[int | None]
    at: Mapped[datetime | None] = mapped_column(LocalTime)
    number: Mapped[str | None] = mapped_column(String(40))
    description: Mapped[str | None] = mapped_column(Text)

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
