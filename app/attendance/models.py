"""Who was there. Name, title and organisation are those of the day, whatever the address book says later."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, LocalTime, one_of
from app.invitees.models import EVENT_ROLES
from app.people.collation import order_key
from app.people.found import Found
from app.people.models import GROUP_ROLES, Group, Organisation
from app.people.names import whole_name

MODES = ("in_person", "remote", "absent", "excused")


class Attendance(Found, Base):
    """One line of presence: a person of the address book, a walk-in by name, or people counted and not named.

    key is what the press that made it is known by, should it come twice. of_the_day holds the names of organisation
    and bodies as they were when the line was made (app/attendance/day_words.py).
    """

    FOUND_BY: ClassVar = ("family_name", "given_name", "title", "unit", "organisation_text", "label")

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("uq_attendances_event_id_key", "event_id", "key", unique=True),
        Index("ix_attendances_event_id_order_key", "event_id", "order_key", "id"),
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
    marked_at: Mapped[datetime | None] = mapped_column(Instant)
    key: Mapped[str | None] = mapped_column(String(40))
    of_the_day: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    order_key: Mapped[str] = mapped_column(
        Text().with_variant(Text(collation="C"), "postgresql"), default="", server_default=""
    )

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    represents: Mapped[list[PresentFor]] = relationship(
        lazy="raise", order_by="PresentFor.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def name(self) -> str:
        return whole_name(self.given_name, self.family_name)


@event.listens_for(Attendance, "before_insert")
@event.listens_for(Attendance, "before_update")
def _place(_mapper, _connection, line: Attendance) -> None:
    line.order_key = order_key(line.family_name or line.label or "", line.given_name or "")


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


class Mark(Base):
    """The last press about a person at the door: mode None took a mark back. An older press never overrides it."""

    __tablename__ = "attendance_marks"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    mode: Mapped[str | None] = mapped_column(one_of("mode", *MODES))
    pressed_at: Mapped[datetime] = mapped_column(Instant)
    pressed_by: Mapped[str | None] = mapped_column(String(200))


class DaySeat(Base):
    """A seat of the convening body as it was on the day: kept when the first mark is made.

    names holds the organisation's names of then, by language; deputy_for_id is the person whose deputy they are.
    """

    __tablename__ = "day_seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(one_of("role", *GROUP_ROLES))
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    given_name: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    unit: Mapped[str | None] = mapped_column(String(200))
    names: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def name(self) -> str:
        return whole_name(self.given_name, self.family_name)


class Report(Base):
    """A list of who was in an online meeting, as its tool gave it, read and not yet taken, or taken.

    rows: a JSON object a participant (app/attendance/reports.py).
    """

    __tablename__ = "attendance_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
