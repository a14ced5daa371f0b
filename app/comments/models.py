"""A round in which chosen people comment on the draft of a memo, what they say, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.people.models import Person

KINDS = ("comment", "wording")
STATES = ("open", "accepted", "rejected")


class CommentRound(Base):
    """The draft as it went to its readers, never changed: `draft` holds its sections with their blocks (draft.py).

    It takes comments until closes_at, or until the secretary closed it. told_at: when the readers were told what became
    of theirs; from then on nothing is decided anew.
    """

    __tablename__ = "comment_rounds"
    __table_args__ = (UniqueConstraint("memo_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[str | None] = mapped_column(String(200))
    closes_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str | None] = mapped_column(Text)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)

    readers: Mapped[list[CommentReader]] = relationship(
        lazy="raise", order_by="CommentReader.id", cascade="all, delete-orphan", passive_deletes=True
    )


class CommentReader(Base):
    """Somebody who was asked to comment; done_at is when they said that they have no more to say."""

    __tablename__ = "comment_readers"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("comment_rounds.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    done_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(lazy="raise")
    comments: Mapped[list[Comment]] = relationship(
        lazy="raise", order_by="Comment.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Comment(Base):
    """What a reader says of one paragraph, or the wording that they propose for it; and what the secretary made of it.

    section_key and block tell the paragraph of the round's draft: the section's key (app/memos/models.py) and the
    place of the paragraph in it, from 0; no block is the section as a whole, an empty key the whole memo. A wording
    that is empty proposes to leave the paragraph out.
    """

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("comment_readers.id", ondelete="CASCADE"), index=True)
    section_key: Mapped[str] = mapped_column(String(32))
    block: Mapped[int | None]
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS))
    text: Mapped[str | None] = mapped_column(Text)
    proposed: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="open")
    answer: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(200))
