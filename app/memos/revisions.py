"""Reads a memo's history: which sections have one, and what each of their revisions changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.events.models import Event
from app.memos.differing import Piece, difference, shortened
from app.memos.history import newest_of
from app.memos.models import Memo, Revision
from app.memos.texts import Text, places_of, text_of

MOST = 30  # revisions a page


@dataclass(frozen=True)
class Kept:
    """A section that has a history: what it is called, how many revisions, when the last was saved; is it deleted."""

    key: str
    heading: str
    count: int
    saved_at: datetime
    deleted: bool


@dataclass(frozen=True)
class Step:
    """A revision with what it changed in the one before it; stands: it is what the section says now."""

    revision: Revision
    differs: Sequence[Piece]
    stands: bool


def kept_of(session: Session, event: Event, memo: Memo) -> list[Kept]:
    """Return what has a history: the title, the sections in order, then those that are deleted; two queries."""
    grouped = select(Revision.section_key, func.count(), func.max(Revision.saved_at))
    rows = session.execute(grouped.where(Revision.memo_id == memo.id).group_by(Revision.section_key))
    found = {key: (count, saved_at) for key, count, saved_at in rows}
    here = {place.key: text_of(place).heading for place in places_of(memo, event.title)}
    newest = newest_of(session, memo, [key for key in found if key not in here])
    gone = {key: newest[key].heading if key in newest else "" for key in found if key not in here}
    return [
        Kept(key, heading or "", *found[key], deleted=key in gone)
        for key, heading in (here | gone).items()
        if key in found
    ]


def steps_of(
    session: Session, event: Event, memo: Memo, key: str, before: int | None = None
) -> tuple[list[Step], int | None]:
    """Return a section's revisions, newest first, MOST of them, and before which one there are more; one query."""
    mine = select(Revision).where(Revision.memo_id == memo.id, Revision.section_key == key)
    mine = mine.where(Revision.id < before) if before else mine
    rows = list(session.scalars(mine.order_by(Revision.id.desc()).limit(MOST + 1)))
    stands = {place.key: text_of(place) for place in places_of(memo, event.title)}.get(key)
    steps = [
        Step(one, _differs(_before(rows, place), one), one.what != "discarded" and _text(one) == stands)
        for place, one in enumerate(rows[:MOST])
    ]
    return steps, rows[MOST - 1].id if len(rows) > MOST else None


def revision_of(session: Session, memo: Memo, revision_id: int) -> Revision:
    """Return one revision of a memo; raises NotFound."""
    found = session.scalar(select(Revision).where(Revision.memo_id == memo.id, Revision.id == revision_id))
    if found is None:
        raise NotFound
    return found


def _before(rows: Sequence[Revision], place: int) -> Revision | None:
    """The revision that one followed: what was set aside never stood there."""
    return next((one for one in rows[place + 1 :] if one.what != "discarded"), None)


def _differs(before: Revision | None, one: Revision) -> list[Piece]:
    if one.what == "deleted":
        return [Piece("gone", _text(one).whole)] if _text(one).whole else []
    if before is None:  # the first: all of it is new
        return [Piece("same", _text(one).whole)]
    return shortened(difference(_text(before).whole, _text(one).whole))


def _text(revision: Revision) -> Text:
    return Text(revision.heading or "", revision.body)
