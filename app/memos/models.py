"""The memo of an event, what is attached to it, where it goes, and each version as it was issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.follow_ups.models import FollowUp
from app.people.models import Person

SHAPES = ("represented", "roles", "members_and_deputies", "institutions", "classes")
PARTICIPANT_LISTS = (*SHAPES, "attachment")
AUTO_SECTIONS = ("time_and_place", "participants", "agenda", "survey_summary", "follow_ups")
GENERATED = ("invitation", "programme", "survey_summary", "participants")


class Memo(Base):
    """An event's memo as it is being written. participants None: as the invitees suggest (app/memos/participants.py).

    listed_as is the shape of a list that is an attachment of its own.
    show names what is printed of people beyond name and organisation. lock_version refuses a save over a newer one.
    """

    __tablename__ = "memos"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    document: Mapped[str | None] = mapped_column(one_of("document", "memo", "minutes"))
    date: Mapped[date | None]
    sender: Mapped[str | None] = mapped_column(String(300))
    title: Mapped[str | None] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)
    numbered: Mapped[str] = mapped_column(one_of("numbered", "no", "headings", "paragraphs"), default="no")
    first_number: Mapped[int | None]
    participants: Mapped[str | None] = mapped_column(one_of("participants", *PARTICIPANT_LISTS))
    listed_as: Mapped[str | None] = mapped_column(String(40))
    closing: Mapped[str] = mapped_column(one_of("closing", "lines", "inline"), default="lines")
    show: Mapped[list[str]] = mapped_column(JSON, default=list)
    distribution_id: Mapped[int] = mapped_column(ForeignKey("recipient_fields.id"), index=True)
    for_information_id: Mapped[int] = mapped_column(ForeignKey("recipient_fields.id"), index=True)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    sections: Mapped[list[Section]] = relationship(
        lazy="raise", order_by="Section.position", cascade="all, delete-orphan", passive_deletes=True
    )
    attachments: Mapped[list[Attachment]] = relationship(
        lazy="raise", order_by="Attachment.position", cascade="all, delete-orphan", passive_deletes=True,
        primaryjoin="and_(Memo.id == Attachment.memo_id)",
    )  # fmt: skip
    authors: Mapped[list[Author]] = relationship(
        lazy="raise", order_by="Author.position", cascade="all, delete-orphan", passive_deletes=True
    )
    signers: Mapped[list[Signer]] = relationship(
        lazy="raise", order_by="Signer.position", cascade="all, delete-orphan", passive_deletes=True
    )
    follow_ups: Mapped[list[FollowUp]] = relationship(  # of its event, which has them before the memo is begun
        lazy="raise", order_by="FollowUp.position, FollowUp.id", cascade="save-update, merge",
        primaryjoin="foreign(FollowUp.event_id) == Memo.event_id", passive_deletes="all",
    )  # fmt: skip


class Section(Base):
    """A heading with its text in CommonMark, or a part that fills itself in."""

    __tablename__ = "memo_sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    heading: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None] = mapped_column(Text)
    auto: Mapped[str | None] = mapped_column(one_of("auto", *AUTO_SECTIONS))
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}


class Attachment(Base):
    """A Liite of the memo: made from the event's data (`generated`), or a stored file; items' materials are files."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("(memo_id IS NULL) <> (agenda_item_id IS NULL)", name="one_owner"),
        CheckConstraint("(generated IS NULL) <> (sha256 IS NULL)", name="generated_or_file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int | None] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    generated: Mapped[str | None] = mapped_column(one_of("generated", *GENERATED))
    title: Mapped[str | None] = mapped_column(String(300))
    file_name: Mapped[str | None] = mapped_column(String(255))
    media_type: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)


class Author(Base):
    __tablename__ = "memo_authors"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (name IS NULL)", name="one_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(200))

    person: Mapped[Person | None] = relationship(lazy="raise")


class Signer(Base):
    __tablename__ = "memo_signers"

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    signs_as: Mapped[str | None] = mapped_column(String(200))

    person: Mapped[Person] = relationship(lazy="raise")


class Issue(Base):
    """A version of the memo as it left: its PDF and its printed fields, never changed."""

    __tablename__ = "memo_issues"
    __table_args__ = (UniqueConstraint("memo_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    title: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)


class Copy(Base):
    """One person's copy of an issued memo: by which field, and how that field reached them."""

    __tablename__ = "memo_copies"
    __table_args__ = (UniqueConstraint("issue_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("memo_issues.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    field: Mapped[str] = mapped_column(one_of("field", "distribution", "for_information"))
    reached_by: Mapped[str] = mapped_column(Text)
