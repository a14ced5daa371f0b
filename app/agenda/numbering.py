"""Numbers the items of an agenda in their order, and says with which number the next agenda goes on. Pure.

Only what is dealt with is numbered, not breaks, registration and sections. An item's own number stands as it was
written, and where it holds a whole number the sequence goes on from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

PLACE = "{n}"
MOST = 999_999_999
DIGITS = re.compile(r"[0-9]+")


class Numbered(Protocol):
    """What numbering needs of an item: its kind, and the number of its own that it may have."""

    kind: str
    number: str | None


def numbers(items: Sequence[Numbered], pattern: str | None, first: int | None) -> list[str | None]:
    """Return what is printed before each item, in their order: `12 §`; None where nothing is.

    pattern holds {n} where the number stands; None: only what items have of their own is printed. first: the number of
    the first item, 1 if None.
    """
    return [number for number, _whole in _counted(items, pattern, first)]


def whole_numbers(items: Sequence[Numbered], pattern: str | None, first: int | None) -> list[int | None]:
    """Return the whole number of each item, in their order; None for one that has none."""
    return [whole for _number, whole in _counted(items, pattern, first)]


def last_number(items: Sequence[Numbered], pattern: str | None, first: int | None) -> int | None:
    """Return the whole number of the last item that has one, from which another agenda may go on."""
    used = [whole for whole in whole_numbers(items, pattern, first) if whole is not None]
    return used[-1] if used else None


def sound_pattern(pattern: str) -> bool:
    """Whether a pattern says once where the number stands, in a way that can be read back."""
    before, place, after = pattern.partition(PLACE)
    return bool(place) and PLACE not in after and not DIGITS.search(before[-1:] + after[:1])


def _counted(items: Sequence[Numbered], pattern: str | None, first: int | None) -> list[tuple[str | None, int | None]]:
    found: list[tuple[str | None, int | None]] = []
    coming = 1 if first is None else first
    for item in items:
        number, whole = item.number, None
        if item.kind == "item":
            if number:
                whole = _whole(number, pattern)
            elif pattern:
                number, whole = pattern.replace(PLACE, str(coming)), coming
            coming = coming if whole is None else whole + 1
        found.append((number or None, whole))
    return found


def _whole(number: str, pattern: str | None) -> int | None:
    """The whole number in a number of an item's own: where the pattern has it, else the first that stands in it."""
    before, _place, after = (pattern or PLACE).partition(PLACE)
    as_written = re.fullmatch(f"{re.escape(before)}([0-9]+){re.escape(after)}", number)
    digits = as_written[1] if as_written else (found[0] if (found := DIGITS.search(number)) else "")
    return int(digits) if digits and len(digits) < len(str(MOST)) else None
