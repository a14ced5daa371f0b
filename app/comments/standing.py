"""How a paragraph of the draft stands in the memo now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.comments.blocks import in_its_place, split, where_now
from app.comments.draft import DraftSection, Place
from app.memos.models import Memo, Section


@dataclass(frozen=True)
class Standing:
    """section: the memo's own, None where it is gone. now: the paragraph's place in its text, None unless it reads as
    in the draft. instead: the texts that stand in its place otherwise; nothing where the paragraph is gone."""

    section: Section | None
    now: int | None
    instead: Sequence[str] = ()

    @property
    def gone(self) -> bool:
        return self.now is None and not self.instead


def standing_of(memo: Memo, draft: Sequence[DraftSection], place: Place) -> Standing:
    """Find a paragraph of the draft in the memo as it is; a part that fills itself in is only known to be there."""
    key, block = place
    section = next((one for one in memo.sections if one.key == key), None)
    if section is None or section.auto or block is None:
        return Standing(section, None)
    then, now = next(one.texts for one in draft if one.key == key), split(section.body or "").texts
    found = where_now(then, now, block)
    return Standing(section, found, [now[found]] if found is not None else in_its_place(then, now, block))
