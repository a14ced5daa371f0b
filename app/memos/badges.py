"""How large a name is on a badge of 90 × 54 mm, and how much else fits, so that nothing runs over. Pure.

Widths are of Source Sans Semibold: about half its size a letter, capitals and m more.
"""

from __future__ import annotations

import re
from textwrap import wrap

WIDTH, HEIGHT = 226, 68  # points: 80 × 24 mm, where the name stands
SIZES = (30, 26, 22, 20, 18, 16, 14, 12)
LEADING = 1.05
ON_A_BADGE = (44, 2)  # letters a line, and lines, of an organisation or a group
IN_A_CELL = (21, 3)  # and in a column of the sheet that is signed

_pieces = re.compile(r"\S+?-|\S+")  # a line may end after a hyphen


def name_size(given_name: str, family_name: str) -> int:
    """Return the size in points at which a name fills its place, given and family name beginning a line each."""
    return next((size for size in SIZES if _fits(given_name, family_name, size)), SIZES[-1])


def fitted(words: str, place: tuple[int, int]) -> str:
    """Return the words as they are where they fit in a place (letters a line, lines), else cut with an ellipsis."""
    letters, lines = place
    cut = wrap(words, letters, max_lines=lines, placeholder=" …", break_on_hyphens=False)
    return " ".join(cut) if " ".join(cut) != " ".join(words.split()) else words


def _fits(given_name: str, family_name: str, size: int) -> bool:
    lines = 0
    for name in filter(None, (given_name, family_name)):
        room = 0.0
        for piece in _pieces.findall(name):
            width = _width(piece) * size
            if width > WIDTH:
                return False
            if width > room:
                lines, room = lines + 1, WIDTH
            room -= width + 0.2 * size
    return lines * size * LEADING <= HEIGHT


def _width(text: str) -> float:
    """In units of the type's size."""
    return sum(0.68 if letter.isupper() or letter in "mw" else 0.53 for letter in text)
