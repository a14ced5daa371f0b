"""Who was there. Name, title and organisation are those of the day, whatever the address book says later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, LocalTime, one_of
from app.invitees.models import EVENT_ROLES
from app.people.models import Group, Organisation
from app.people.names import whole_name

MODES = ("in_person", "remote", "absent", "excused")


class Attendance(Base):
    """One line of presence: a person of the address book, a walk-in by name, or people counted and not named."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("(headcount IS NULL) OR (person_id IS NULL AND label IS NOT NULL)", name="counted_has_label"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    given_name: Mapped[str] = mapped_column(String(200), default="")
    family_name: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str | None] = mapped_column(String(200))
    unit: Mapped[str | None] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation_text: Mapped[str | None] = mapped_column(String(300))
    mode: Mapped[str] = mapped_column(one_of("mode", *MODES), default="in_person")
    role: Mapped[str | None] = mapped_column(one_of("role", *EVENT_ROLES))
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    arrived_at: Mapped[datetime | None] = mapped_column(LocalTime)
    left_at: Mapped[datetime | None] = mapped_column(LocalTime)
    first_item: Mapped[int | None]
    last_item: Mapped[int | None]
    heading: Mapped[str | None] = mapped_column(String(200))
    headcount: Mapped[int | None]
    label: Mapped[str | None] = mapped_column(String(300))

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    represents: Mapped[list[PresentFor]] = relationship(
        lazy="raise", order_by="PresentFor.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def name(self) -> str:
        return whole_name(self.given_name, self.family_name)


class PresentFor(Base):
    """A group or organisation for which somebody was present, where it differs from the invitation."""

    __tablename__ = "present_for"
    __table_args__ = (CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name="one_body"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)

    group: Mapped[Group | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
