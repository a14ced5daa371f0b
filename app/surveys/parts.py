"""An answer as the rows that are kept of it, and back. Pure.

In hand, a value is by the question's kind: a text; a number; a date in ISO form; a choice; a list of choices in the
order of the form, or of their ranking; for a matrix a step by row. A choice is its id, or `Other` where the person has
said in their own words what it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Other(NamedTuple):
    """An open choice with what was written beside it."""

    choice: int
    text: str


class Part(NamedTuple):
    """One row of an answer: of which choice or row (0: of none), its number, its text."""

    part: int
    number: float | None = None
    text: str | None = None


def choice_of(chosen: int | Other) -> int:
    return chosen.choice if isinstance(chosen, Other) else chosen


def stamp(value: Any) -> str:
    """Return a short mark of a value, by which a form says what it was made from; the same for equal values, empty for
    none."""
    if value is None:
        return ""
    pairs = sorted(value.items()) if isinstance(value, dict) else value
    return hashlib.sha256(json.dumps(pairs, ensure_ascii=False).encode()).hexdigest()[:12]


def parts_of(kind: str, value: Any) -> list[Part]:
    """Return the rows that keep a value of a question of this kind."""
    if kind in ("text", "long_text", "date"):
        return [Part(0, text=value)]
    if kind in ("scale", "number"):
        return [Part(0, value)]
    if kind == "matrix":
        return [Part(row, step) for row, step in value.items()]
    if kind == "ranking":
        return [Part(choice, place) for place, choice in enumerate(value, 1)]
    chosen = value if isinstance(value, list) else [value]
    return [Part(choice_of(one), text=one.text if isinstance(one, Other) else None) for one in chosen]


def value_of(kind: str, parts: Iterable[Part], order: Sequence[int] = ()) -> Any:
    """Return the value that rows keep; order: the question's choices as the form has them."""
    parts = list(parts)
    if kind in ("text", "long_text", "date"):
        return parts[0].text
    if kind in ("scale", "number"):
        return _whole(parts[0].number)
    places = {choice: place for place, choice in enumerate(order)}
    parts.sort(key=lambda part: (places.get(part.part, len(places)), part.part))
    if kind == "matrix":
        return {part.part: _whole(part.number) for part in parts}
    if all(part.number is not None for part in parts):  # a ranking, or several choices in an order of their own
        parts.sort(key=lambda part: part.number)
    if kind == "ranking":
        return [part.part for part in parts]
    chosen = [part.part if part.text is None else Other(part.part, part.text) for part in parts]
    return chosen[0] if kind == "single_choice" else chosen


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
