"""The figures of a survey from its sheets. Pure.

Of an anonymous survey nothing is told of fewer than five answers, neither in all nor to one question; as VMBaro, the
government's own staff survey, does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.surveys.parts import choice_of

FEWEST = 5


@dataclass(frozen=True)
class Counted:
    """One question's figures: how often each option, the mean of numbers, what was written (sheet's place, value).

    options of a ranking are counted in points: the first of n gets n, the second one less. suppressed: all is left out.
    """

    answered: int
    counts: Mapping[Any, int] = field(default_factory=dict)
    mean: float | None = None
    written: Sequence[tuple[int, Any]] = ()
    suppressed: bool = False


def count(
    kind: str, options: Sequence[Any], answers: Sequence[tuple[int, Any]], *, anonymous: bool, sheets: int
) -> Counted:
    """Count the answers to one question.

    options: choices' ids, or the steps of a scale; answers: (sheet's place, value); sheets: how many there are in all.
    """
    if anonymous and (sheets < FEWEST or len(answers) < FEWEST):
        return Counted(len(answers) if sheets >= FEWEST else 0, suppressed=True)
    values = [value for _place, value in answers]
    if kind in ("text", "long_text"):
        # sorted by what they say: their order must not tell who came before whom
        return Counted(
            len(answers), written=sorted(answers, key=lambda a: str(a[1]).casefold()) if anonymous else answers
        )
    if kind == "number":
        return Counted(len(answers), mean=_mean(values), written=() if anonymous else answers)
    if kind == "scale":
        return Counted(len(answers), _tally(options, values), mean=_mean(values))
    if kind == "date":
        return Counted(len(answers), dict(sorted(Counter(values).items())))
    if kind == "ranking":
        return Counted(len(answers), _points(options, values))
    if kind == "matrix":
        return Counted(len(answers))
    chosen = values if kind == "single_choice" else [choice for value in values for choice in value]
    chosen = [choice_of(one) for one in chosen]
    return Counted(len(answers), _tally(options, chosen))


def _tally(options: Sequence[Any], values: Iterable[Any]) -> dict[Any, int]:
    seen = Counter(values)
    return {option: seen[option] for option in options}


def _points(options: Sequence[int], orders: Iterable[Sequence[int]]) -> dict[int, int]:
    points = dict.fromkeys(options, 0)
    for order in orders:
        for place, choice in enumerate(order):
            if choice in points:
                points[choice] += len(options) - place
    return dict(sorted(points.items(), key=lambda one: -one[1]))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
