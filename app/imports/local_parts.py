"""What the part of an address before the @ tells about the name that is written beside it. Pure.

It never makes up a name: `jarvi` may be Järvi. It only tells which of the written words is which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.imports.names_known import plain
from app.people.collation import folded

WHOLE, INITIAL, PARTLY, REVERSED, NOTHING = 4, 3, 2, 1, 0

MOST_WORDS = 8  # of a name

LETTERS = re.compile(r"[^\W\d_]+")
ADDED = frozenset({"ext", "external", "extern", "ulk", "ulkoinen", "con", "guest", "adm"})
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "å": "aa", "ü": "ue", "ø": "oe", "æ": "ae"})
ROUND = str.maketrans({"å": "o", "ä": "a", "ö": "o"})


@lru_cache(maxsize=1 << 14)
def spellings(word: str) -> frozenset[str]:
    """Return the ways in which an address spells a word, in small letters a to z: hyphens and apostrophes go."""
    small = "".join(LETTERS.findall(word.lower()))
    if not small:
        return frozenset()
    if small.isascii():
        return frozenset((small,))
    return frozenset({folded(small), folded(small.translate(TWO_LETTERS)), folded(small.translate(ROUND))})


@lru_cache(maxsize=1 << 12)
def pieces(local: str) -> tuple[str, ...]:
    """Return the words of a local part, without numbers, marks of outsiders and initials in between."""
    found = [piece for piece in LETTERS.findall(folded(local)) if piece not in ADDED]
    return tuple(piece for place, piece in enumerate(found) if len(piece) > 1 or place in (0, len(found) - 1))


def fit(given: Sequence[str], family: Sequence[str], local: str) -> int:
    """Return how well a local part fits a name: from WHOLE (`anna.lind`) to NOTHING.

    INITIAL is `alind`, `linda` or `anna.l`; PARTLY is one name at its place beside something else; REVERSED is
    `lind.anna`, which fits the other order as well.
    """
    found = pieces(local)
    joined = "".join(found)
    if len(joined) < 3:
        return NOTHING
    first, last = _forms(given), _forms(family)
    best = NOTHING
    for name in last:
        if joined.endswith(name):
            rest = joined[: -len(name)]
            if rest in first:
                return WHOLE
            if rest in _initials(given):
                best = INITIAL
        if joined.startswith(name):
            rest = joined[len(name) :]
            if rest in first:
                best = max(best, REVERSED)
            elif rest in _initials(given):
                best = INITIAL
    if best < INITIAL and any(joined.startswith(name) and joined[len(name) :] in _initials(family) for name in first):
        return INITIAL
    if best < PARTLY and len(found) > 1 and (found[0] in first or (found[-1] in last and found[0] not in last)):
        return PARTLY
    return best


def best_fit(words: Sequence[str], local: str) -> int:
    """Return the best fit of a local part to the words, whichever of them are the family name."""
    best = NOTHING
    for place in range(1, len(words) if len(words) <= MOST_WORDS else 0):
        best = max(best, fit(words[:place], words[place:], local), fit(words[place:], words[:place], local))
    return best


def related(words: Sequence[str], local: str) -> bool:
    """Whether any of the words stands in the local part."""
    joined = "".join(pieces(local))
    return any(len(form) > 2 and form in joined for word in words for form in _forms([word]))


def looks_like_a_name(local: str) -> bool:
    """Whether a local part has the shape of a name, `first.last`."""
    return len(pieces(local)) > 1


def _forms(words: Sequence[str]) -> frozenset[str] | set[str]:
    if len(words) == 1 and "-" not in words[0]:
        return spellings(words[0])
    forms: set[str] = set()
    for word in words:
        forms |= spellings(word)
        if "-" in word:
            forms.update(form for half in word.split("-") for form in spellings(half))
    if len(words) > 1:
        forms |= spellings("".join(words))
    return forms - {""}


def _initials(words: Sequence[str]) -> set[str]:
    first = [plain(word)[:1] for word in words]
    every = [part[:1] for word in words for part in plain(word).split("-")]
    return {first[0], "".join(first), "".join(every)} if first else set()
