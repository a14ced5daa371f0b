"""What was proposed at an event, who has it in hand and until when, and where it returns until it is closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.people.models import Person
from app.secretariats.models import OfEvent

STATES = ("proposed", "agreed", "under_way", "done", "dropped")
OPEN = ("proposed", "agreed", "under_way")


class FollowUp(OfEvent, Base):
    """A proposal that arose at an event (event_id); its owner is a person of the address book or a name.

    returns_to_id: the event at which it is dealt with next; without one it is offered to the next of the same series.
    """

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    owner_name: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[date | None]
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="proposed")
    returns_to_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)

    owner: Mapped[Person | None] = relationship(lazy="raise")
    steps: Mapped[list[FollowUpStep]] = relationship(
        lazy="raise", order_by="FollowUpStep.id", cascade="all, delete-orphan", passive_deletes=True
    )


class FollowUpStep(Base):
    """What became of a follow-up: its state from then on, and a note; event_id is the event at which that was said.

    passed_over: it was left for a later event, and nothing was said of it.
    """

    __tablename__ = "follow_up_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(one_of("state", *STATES))
    note: Mapped[str | None] = mapped_column(Text)
    passed_over: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str | None] = mapped_column(String(200))
