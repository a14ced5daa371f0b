"""The memo of an event, what is attached to it, where it goes, and each version as it was issued."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.follow_ups.models import FollowUp
from app.people.models import Person

SHAPES = ("represented", "roles", "members_and_deputies", "institutions", "classes")
PARTICIPANT_LISTS = (*SHAPES, "attachment")
AUTO_SECTIONS = ("time_and_place", "participants", "agenda", "survey_summary", "follow_ups")
GENERATED = ("invitation", "programme", "survey_summary", "participants")
LAYOUTS = ("2024", "2007")
CARRIES = ("link", "file")
REVISIONS = ("written", "moved_in", "deleted", "restored", "discarded")


class Memo(Base):
    """An event's memo as it is being written. participants None: as the invitees suggest (app/memos/participants.py).

    listed_as is the shape of a list that is an attachment of its own.
    show names what is printed of people beyond name and organisation. lock_version refuses a save over a newer one.
    referred_to: the ids of its attachments in the order by whose numbers its texts refer to them; None: as they stand.
    layout is the edition of SFS 2487 that the paper follows. The last five are for the archive (Kansallisarkisto, basic
    metadata): whether it holds personal data, how long it is kept and by which ground, on what ground and until when it
    is secret.
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
    layout: Mapped[str] = mapped_column(String(40), default="2024", server_default="2024")
    personal_data: Mapped[bool] = mapped_column(default=True, server_default=true())
    retention: Mapped[str | None] = mapped_column(String(200))
    retention_ground: Mapped[str | None] = mapped_column(String(300))
    secrecy_ground: Mapped[str | None] = mapped_column(String(300))
    secret_until: Mapped[str | None] = mapped_column(String(200))
    referred_to: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
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
    """A heading with its text in CommonMark, or a part that fills itself in.

    key stays with the section through its life and stands in its revisions and comments after it. agenda_item_id is
    the item that the text is about. by_hand stands in place of what fills itself in, which was by_hand_from when it was
    replaced.
    """

    __tablename__ = "memo_sections"
    __table_args__ = (UniqueConstraint("memo_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    heading: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None] = mapped_column(Text)
    auto: Mapped[str | None] = mapped_column(one_of("auto", *AUTO_SECTIONS))
    key: Mapped[str] = mapped_column(String(32), default=lambda: uuid.uuid4().hex)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    by_hand: Mapped[str | None] = mapped_column(Text)
    by_hand_from: Mapped[str | None] = mapped_column(Text)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}


class Revision(Base):
    """A section's text as somebody saved it; saves of one writer within a short while are one revision.

    section_key: that of the section, which may be gone. what: written, moved_in (by an import or a comment that was
    accepted), deleted (the text as it was then), restored, discarded (written beside a newer text that was kept in its
    place; it never stood there). auto, position and agenda_item_id are what a deleted section had besides.
    """

    __tablename__ = "memo_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    section_key: Mapped[str] = mapped_column(String(32), index=True)
    what: Mapped[str] = mapped_column(one_of("what", *REVISIONS), default="written")
    heading: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[str | None] = mapped_column(String(200))
    auto: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int | None]
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)


class Phrase(Base):
    """A text that a convening body's memos use again and again, in CommonMark."""

    __tablename__ = "memo_phrases"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class Attachment(Base):
    """A Liite of the memo: made from the event's data (`generated`), or a stored file; items' materials are files.

    appended: an uploaded PDF's pages, or an image, follow as pages of the memo's PDF; alternative is an image's text
    for those who do not see it. finding is what was found of an uploaded PDF, pages how many it has.
    """

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
    appended: Mapped[bool] = mapped_column(default=False, server_default=false())
    alternative: Mapped[str | None] = mapped_column(Text)
    finding: Mapped[str | None] = mapped_column(String(40))
    pages: Mapped[int | None]


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
    """A version of the memo as it left: its PDF and its printed fields, never changed.

    changed: what a correction has changed, in the secretary's words. carries: its mails hold a link, or the file.
    """

    __tablename__ = "memo_issues"
    __table_args__ = (UniqueConstraint("memo_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    title: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[str | None] = mapped_column(Text)
    carries: Mapped[str] = mapped_column(String(40), default="link", server_default="link")


class IssueFile(Base):
    """A stored file that an issue hands out beside its PDF, as `Issue.fields` names it: kept as long as the issue."""

    __tablename__ = "memo_issue_files"

    issue_id: Mapped[int] = mapped_column(ForeignKey("memo_issues.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), primary_key=True, index=True)


class Copy(Base):
    """One person's copy of an issued memo: by which field, and how that field reached them.

    opened_at is when they first pressed to open it; that a link was fetched says nothing.
    """

    __tablename__ = "memo_copies"
    __table_args__ = (UniqueConstraint("issue_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("memo_issues.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    field: Mapped[str] = mapped_column(one_of("field", "distribution", "for_information"))
    reached_by: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
