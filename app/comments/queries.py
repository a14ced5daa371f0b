"""Reads of comment rounds."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from app.comments.models import Comment, CommentReader, CommentRound
from app.errors import NotFound
from app.memos.models import Memo
from app.people.models import Person

WHOLE = (
    selectinload(CommentRound.readers).joinedload(CommentReader.person).joinedload(Person.organisation),
    selectinload(CommentRound.readers).selectinload(CommentReader.comments),
)


def rounds_of(session: Session, memo: Memo) -> list[CommentRound]:
    """Return a memo's rounds, the newest first, without their readers."""
    query = select(CommentRound).where(CommentRound.memo_id == memo.id).order_by(CommentRound.number.desc())
    return list(session.scalars(query))


def next_number(session: Session, memo: Memo) -> int:
    """The number of the round that would be opened next."""
    last = select(func.max(CommentRound.number)).where(CommentRound.memo_id == memo.id)
    return (session.scalar(last) or 0) + 1


def whole_round(session: Session, memo: Memo, number: int | None = None) -> CommentRound | None:
    """Return a memo's newest round, or the one of a number, with readers and comments as they are now; three queries.

    Raises NotFound for a number that there is not.
    """
    query = select(CommentRound).options(*WHOLE).where(CommentRound.memo_id == memo.id)
    query = query.where(CommentRound.number == number) if number else query.order_by(CommentRound.number.desc())
    found = session.scalar(query.limit(1), execution_options={"populate_existing": True})
    if found is None and number:
        raise NotFound
    return found


def reader_at(session: Session, event_id: int, person_id: int) -> tuple[CommentRound, CommentReader] | None:
    """Return the newest round of an event's memo that a person reads, and them in it with their comments; two
    queries."""
    query = (
        select(CommentRound, CommentReader)
        .join(CommentReader, CommentReader.round_id == CommentRound.id)
        .join(Memo, Memo.id == CommentRound.memo_id)
        .options(selectinload(CommentReader.comments))
        .where(Memo.event_id == event_id, CommentReader.person_id == person_id)
        .order_by(CommentRound.number.desc())
        .limit(1)
    )
    row = session.execute(query, execution_options={"populate_existing": True}).one_or_none()
    return (row[0], row[1]) if row else None


def comments_in(held: CommentRound) -> list[tuple[CommentReader, Comment]]:
    """Return a loaded round's comments in the order in which they were written, each with its reader."""
    found = [(reader, comment) for reader in held.readers for comment in reader.comments]
    return sorted(found, key=lambda one: (one[1].written_at, one[1].id))


def states_of(held: CommentRound) -> Counter[str]:
    """How many comments of a loaded round are open, accepted, rejected."""
    return Counter(comment.state for _reader, comment in comments_in(held))


def waiting_on(session: Session, memo: Memo) -> int:
    """How many comments on one memo's drafts wait for the secretary."""
    return session.scalar(waiting_comments().where(Memo.id == memo.id)) or 0


def waiting_comments() -> Select:
    """How many comments wait for the secretary, as a question to be narrowed to some memos."""
    return (
        select(func.count(Comment.id))
        .join(CommentReader, CommentReader.id == Comment.reader_id)
        .join(CommentRound, CommentRound.id == CommentReader.round_id)
        .join(Memo, Memo.id == CommentRound.memo_id)
        .where(Comment.state == "open", CommentRound.told_at.is_(None))
    )
