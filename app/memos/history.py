"""Keeps every text of a memo: what was written, what it was written over, what was deleted or set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.markdown import refuse_too_long
from app.memos.continuing import continues
from app.memos.differing import gone
from app.memos.models import Memo, Revision, Section
from app.memos.texts import Text, text_of


@dataclass(frozen=True)
class Change:
    """What one save does to one place: from which text to which. apart: a revision of its own, whatever came before."""

    place: Any
    before: Text
    after: Text
    what: str = "written"
    apart: bool = False


def keep(session: Session, memo: Memo, changes: Iterable[Change], *, by: str | None, at: datetime) -> None:
    """Keep in the history what was changed, and before it what stood there, if that is not kept yet; one query for all.

    Whoever calls has locked the memo (`memo_to_write`), so that no revision comes between. Raises Refused for a text
    that has become longer than texts may be.
    """
    changes = list(changes)
    for change in changes:
        if change.after != change.before:
            refuse_too_long(change.after.body or "")
    last = newest_of(session, memo, [change.place.key for change in changes])
    for change in changes:
        newest = last.get(change.place.key)
        kept = newest and _text(newest) == change.before
        if not kept and gone(change.before.whole, change.after.whole):
            _add(session, memo, change.place, change.before, "moved_in", None, at)
            newest = None
        if change.before == change.after and change.what == "written":
            continue
        if newest and not change.apart and _goes_on(newest, change, by, at):
            newest.heading, newest.body, newest.saved_at = change.after.heading or None, change.after.body, at
        else:
            _add(session, memo, change.place, change.after, change.what, by, at)
    session.flush()


def keep_deleted(session: Session, memo: Memo, section: Section, *, by: str | None, at: datetime) -> Revision:
    """Keep a section that is about to be deleted, with all that it takes to put it back where it was."""
    return _add(session, memo, section, text_of(section), "deleted", by, at)


def discard(session: Session, memo: Memo, key: str, text: Text, *, by: str | None, at: datetime) -> None:
    """Keep a text that its writer gives up for the one that stands there; twice the same is kept once."""
    mine = select(Revision).where(Revision.memo_id == memo.id, Revision.section_key == key)
    newest = session.scalar(mine.order_by(Revision.id.desc()).limit(1))
    if newest is None or _text(newest) != text:
        values = {"heading": text.heading or None, "body": text.body, "what": "discarded", "saved_by": by}
        session.add(Revision(memo_id=memo.id, section_key=key, begun_at=at, saved_at=at, **values))
        session.flush()


def deleted_last(session: Session, memo: Memo, key: str) -> Revision | None:
    """Return what is kept of a section's last deletion."""
    mine = select(Revision).where(Revision.memo_id == memo.id, Revision.section_key == key, Revision.what == "deleted")
    return session.scalar(mine.order_by(Revision.id.desc()).limit(1))


def _goes_on(newest: Revision, change: Change, by: str | None, at: datetime) -> bool:
    if newest.what != "written" or change.what != "written" or (newest.body is None) != (change.after.body is None):
        return False
    last, text = _text(newest).whole, change.after.whole
    return continues(newest.begun_at, newest.saved_by, last, at=at, writer=by, text=text)


def _text(revision: Revision) -> Text:
    return Text(revision.heading or "", revision.body)


def _add(session: Session, memo: Memo, place: Any, text: Text, what: str, by: str | None, at: datetime) -> Revision:
    one = Revision(
        memo_id=memo.id, section_key=place.key, what=what, heading=text.heading or None, body=text.body, begun_at=at,
        saved_at=at, saved_by=by, auto=place.auto, position=place.position, agenda_item_id=place.agenda_item_id,
    )  # fmt: skip
    session.add(one)
    session.flush()  # in this order, whatever the unit of work would find better: the newest has the highest id
    return one


def newest_of(session: Session, memo: Memo, keys: Collection[str]) -> dict[str, Revision]:
    """Return the newest revision of each place that says what stands or stood there, by key; one query."""
    newest = (
        select(func.max(Revision.id))
        .where(Revision.memo_id == memo.id, Revision.section_key.in_(keys), Revision.what != "discarded")
        .group_by(Revision.section_key)
    )
    rows = session.scalars(select(Revision).where(Revision.id.in_(newest))) if keys else ()
    return {one.section_key: one for one in rows}
