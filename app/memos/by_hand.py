"""Writes by hand what fills itself in, shows how the two differ, and lets it fill itself in again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.language import pgettext, speaking
from app.memos.closing import attachments_of
from app.memos.differing import Piece, difference, shortened
from app.memos.history import Change, keep
from app.memos.memo_paper import filled
from app.memos.models import Memo, Section
from app.memos.part_words import words_of
from app.memos.texts import text_of

LINE_END = re.compile(r" +(?=\n)")


@dataclass(frozen=True)
class HandMade:
    """A part that is written by hand: how it differs from what would fill itself in now, and whether that has changed
    since the hand took over, where it is known from what (of an imported one it is not)."""

    differs: Sequence[Piece]
    since: bool


def write_by_hand(
    session: Session, event: Event, memo: Memo, section: Section, *, by: str | None, at: datetime
) -> Section | None:
    """Put what a part fills itself in with into the writer's hands; None where it is there already, or no such part."""
    if section.auto is None or section.by_hand is not None:
        return None
    before = text_of(section)
    section.by_hand = section.by_hand_from = part_of(session, event, memo, section.auto, at)
    keep(session, memo, [Change(section, before, text_of(section), apart=True)], by=by, at=at)
    return section


def fill_in_again(session: Session, memo: Memo, section: Section, *, by: str | None, at: datetime) -> Section | None:
    """Let a part fill itself in again; what was written by hand stays in the history."""
    if section.by_hand is None:
        return None
    before = text_of(section)
    section.by_hand = section.by_hand_from = None
    keep(session, memo, [Change(section, before, text_of(section), apart=True)], by=by, at=at)
    return section


def hand_made(session: Session, event: Event, memo: Memo, at: datetime) -> dict[str, HandMade]:
    """Return by their keys the parts that are written by hand; what fills itself in is read once for each kind."""
    mine = [section for section in memo.sections if section.by_hand is not None]
    now = {auto: part_of(session, event, memo, auto, at) for auto in sorted({one.auto for one in mine})}
    return {one.key: _compared(one, now[one.auto]) for one in mine}


def _compared(section: Section, now: str) -> HandMade:
    since = section.by_hand_from not in (None, now)
    texts = (LINE_END.sub("\n", text) for text in (now, section.by_hand))
    return HandMade(shortened(difference(*texts)), since)


def part_of(session: Session, event: Event, memo: Memo, auto: str, at: datetime) -> str:
    """What a part says now, in CommonMark, in the event's language."""
    with speaking(event.language):
        attachments = attachments_of(session, event, memo)
        content = filled(session, event, memo, auto, 2, attachments, at)
        return words_of(auto, content, _headings(auto))


def _headings(auto: str) -> tuple[str, ...]:
    if auto == "agenda":
        return pgettext("paper", "Time"), pgettext("paper", "Item"), pgettext("paper", "Speakers")
    return (
        pgettext("paper", "Proposal"),
        pgettext("paper", "Responsible"),
        pgettext("paper", "Due"),
        pgettext("paper", "State"),
    )
