"""Reads what the memo's editor shows of its texts: what stands beside each, how it looks, what others have saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import dates
from app.agenda.words import speaker_words
from app.events.models import Event
from app.forms import key_of
from app.language import spoken
from app.markdown import markdown
from app.memos.by_hand import hand_made
from app.memos.differing import Piece, difference
from app.memos.history import newest_of
from app.memos.materials import materials_of
from app.memos.models import Memo, Revision
from app.memos.part_words import with_line_ends
from app.memos.passages import passages
from app.memos.phrases import phrases_of
from app.memos.revisions import revision_of
from app.memos.texts import Text, Title, places_of, text_of
from app.memos.writing import Saved


@dataclass(frozen=True)
class Conflict:
    """What a writer sent beside what stands there (None: it is deleted), how they differ, who saved that and when."""

    key: str
    mine: Text
    theirs: Text | None
    differs: Sequence[Piece]
    by: str
    time: str


def texts_shown(
    session: Session, event: Event, memo: Memo, at: datetime, typed: Mapping[str, Text], refused: Saved
) -> dict[str, object]:
    """Return what the editor's templates take of the texts. typed: what was sent and not saved, by key."""
    about = {section.agenda_item_id for section in memo.sections} - {None}
    return {
        "title": Title(memo, event.title),
        "text_of": text_of,
        "passages": passages,
        "speaker_words": speaker_words,
        "clock_range": clock_range,
        "typed": typed,
        "too_long": refused.too_long,
        "conflicts": conflicts_of(session, event, memo, typed, refused),
        "hands": hand_made(session, event, memo, at),
        "phrases": phrases_of(session, event.convener_id),
        "about": about,
        "materials": materials_of(session, event.id) if about else {},
    }


def clock_range(start: datetime, until: datetime) -> str:
    return dates.clock_range(start, until, spoken())


def conflicts_of(
    session: Session, event: Event, memo: Memo, typed: Mapping[str, Text], refused: Saved
) -> dict[str, Conflict]:
    """Return by key what others have saved, or deleted, of what a writer sent."""
    keys = [*refused.overtaken, *refused.gone]
    newest = newest_of(session, memo, keys)
    now = {place.key: text_of(place) for place in places_of(memo, event.title)}
    return {key: _conflict(event, key, typed[key], now.get(key), newest.get(key)) for key in keys}


def _conflict(event: Event, key: str, mine: Text, theirs: Text | None, last: Revision | None) -> Conflict:
    differs = difference(theirs.whole if theirs else "", mine.whole)
    time = dates.clock(dates.in_zone(last.saved_at, event.time_zone), spoken()) if last else ""
    return Conflict(key, mine, theirs, differs, (last and last.saved_by) or "", time)


def looked_at(memo: Memo, key: str) -> dict[str, Markup]:
    """Return by its key how one section will look."""
    return {one.key: look(text_of(one).body, lines=bool(one.auto)) for one in memo.sections if one.key == key}


def look(text: str | None, *, lines: bool = False) -> Markup:
    """A section's text as the paper shows it, of a part with its lines; raises Refused where it is too long."""
    return markdown(with_line_ends(text) if text and lines else text, below=2)


def deletion(session: Session, memo: Memo, revision_id: str) -> Revision | None:
    """Return what is kept of a section that was deleted right before; raises NotFound for no such revision."""
    number = key_of(revision_id)
    return revision_of(session, memo, number) if number else None
