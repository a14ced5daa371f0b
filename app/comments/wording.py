"""What a proposed wording would change, word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# with the space before it, or each space would be compared with all others
WORD = re.compile(r"\s*(?:\w+|[^\w\s]+)|\s+")
MOST_WORDS = 4000  # beyond them, comparing takes longer than a page may; a section of a memo has a few hundred


@dataclass(frozen=True)
class Piece:
    """Words that stay, that are taken out, or that are put in."""

    kind: Literal["same", "out", "in"]
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Return both texts in one, piece by piece: the pieces but those put in are the old text, those but taken out the
    new one. Very long texts differ as a whole."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [Piece(kind, text) for kind, text in (("out", old), ("in", new)) if text]
    found: list[Piece] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[start:end])))
            continue
        parts = ("out", before[start:end]), ("in", after[first:last])
        found += [Piece(way, "".join(words)) for way, words in parts if words]
    return found
