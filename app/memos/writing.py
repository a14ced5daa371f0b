"""Writes the memo's texts. A save over a newer one is refused with both texts; nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.events.models import Event
from app.markdown import MAX_BYTES
from app.memos.arranging import put_back
from app.memos.history import Change, discard, keep
from app.memos.memos import memo_of
from app.memos.models import Memo
from app.memos.texts import Text, places_of, put, text_of

NO_ITEM = 0


@dataclass(frozen=True)
class Written:
    """What a writer sends of one place: the text, and the mark of the text that they began from.

    decides: they have seen what others saved there, and this is what becomes of it: `mine` stands from now on, with
    theirs in the history; of `theirs` mine goes there. item_id: the item that the section is said to be about, NO_ITEM
    for none, None where it stays as it is.
    """

    text: Text
    begun_from: str
    decides: str = ""
    item_id: int | None = None

    @property
    def untouched(self) -> bool:
        """Whether the writer has left the text as it was shown to them."""
        return self.text.mark == self.begun_from


@dataclass
class Saved:
    """What became of a save: the keys of the places that were kept, of those that others had saved meanwhile, of those
    that are deleted, and of those whose text is too long."""

    kept: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[str]:
        return [*self.overtaken, *self.gone, *self.too_long]


def memo_to_write(session: Session, event: Event) -> Memo:
    """Return an event's memo as `memo_of` does, locked until the transaction ends, so that writers come one after the
    other: a mark that is compared is still true when the text is written. Raises NotFound."""
    session.execute(select(Memo.id).where(Memo.event_id == event.id).with_for_update())
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    return memo


def write(
    session: Session, event: Event, memo: Memo, written: Mapping[str, Written], *, by: str | None, at: datetime
) -> Saved:
    """Set the texts that the writer has touched, by the keys of their places, each by itself: one that is refused
    keeps no other from being saved."""
    saved, changes = Saved(), []
    places = {place.key: place for place in places_of(memo, event.title)}
    for key, one in written.items():
        place = places.get(key)
        if one.decides == "theirs":
            discard(session, memo, key, one.text, by=by, at=at)
        elif place is None and not one.decides:
            saved.gone += [] if one.untouched else [key]
        elif one.text.body and len(one.text.body.encode()) > MAX_BYTES:
            saved.too_long.append(key)
        elif place and not one.untouched and is_overtaken(text_of(place), one):
            saved.overtaken.append(key)
        else:
            place = place or put_back(session, event, memo, key, by=by, at=at)
            changes += _set(place, one)
            saved.kept.append(key)
    keep(session, memo, changes, by=by, at=at)
    return saved


def _set(place, one: Written) -> list[Change]:
    if one.item_id is not None:
        place.agenda_item_id = one.item_id or None
    before = text_of(place)
    halved = one.text.body is None and not place.auto  # sent without its text: it does not mean to empty it
    if halved or one.untouched or one.text == before:
        return []
    put(place, one.text)
    return [Change(place, before, text_of(place), apart=one.decides == "mine")]


def is_overtaken(now: Text, one: Written) -> bool:
    """Whether somebody else has saved another text since the writer began."""
    return now.mark not in (one.begun_from, one.text.mark)
