"""The figures of one question from what the database has counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Tally(NamedTuple):
    """How many answers have this part (a choice, a matrix's row, 0) and this number."""

    part: int
    number: float | None
    count: int


@dataclass(frozen=True)
class Place:
    """How a choice was ranked: by how many, how often first, its mean place, its points."""

    choice: int
    answered: int
    first: int
    mean: float | None
    points: int


@dataclass(frozen=True)
class Line:
    """A row of a matrix: how many answered it, how often each step (None where that is left out), the mean."""

    row: int
    answered: int
    counts: Sequence[int | None]
    mean: float | None


@dataclass(frozen=True)
class Counted:
    """One question's figures: how often each option, what numbers are on the whole, places, a matrix's lines.

    counts of a ranking are points: the first of n gets n, the second one less. suppressed: all is left out.
    """

    answered: int
    counts: Mapping[Any, int] = field(default_factory=dict)
    mean: float | None = None
    median: float | None = None
    least: float | None = None
    most: float | None = None
    places: Sequence[Place] = ()
    lines: Sequence[Line] = ()
    suppressed: bool = False


def count(
    kind: str, options: Sequence[Any], tallies: Sequence[Tally], answered: int, *, steps: Sequence[int] = ()
) -> Counted:
    """Return the figures of one question that so many have answered.

    options: choices' ids or a matrix's rows, for a scale and a matrix also the steps.
    """
    if kind in ("single_choice", "multiple_choice"):
        return Counted(answered, _counts(options, tallies))
    if kind == "scale":
        numbers = Counter({tally.number: tally.count for tally in tallies})
        return Counted(answered, {step: numbers[step] for step in steps}, mean_of(numbers), median_of(numbers))
    if kind == "number":
        numbers = Counter({tally.number: tally.count for tally in tallies})
        ends = {"least": min(numbers), "most": max(numbers)} if numbers else {}
        return Counted(answered, mean=mean_of(numbers), median=median_of(numbers), **ends)
    if kind == "ranking":
        places = sorted((_place(choice, len(options), tallies) for choice in options), key=lambda one: -one.points)
        return Counted(answered, {one.choice: one.points for one in places}, places=places)
    if kind == "matrix":
        return Counted(answered, lines=[_line(row, steps, tallies) for row in options])
    return Counted(answered)


def anonymous(counted: Counted, sheets: int, least: int) -> Counted:
    """Return what may be told of anonymous answers: nothing of fewer than `least`, and no number that is one person's.

    sheets: how many have answered anything. The least and the most of numbers are single answers. A matrix's row is a
    question of its own, and so few may have answered it alone.
    """
    if sheets < least:
        return Counted(0, suppressed=True)
    if counted.answered < least:
        return Counted(counted.answered, suppressed=True)
    lines = tuple(line if line.answered >= least else _left_out(line) for line in counted.lines)
    return Counted(counted.answered, counted.counts, counted.mean, counted.median, places=counted.places, lines=lines)


def mean_of(numbers: Mapping[float, int]) -> float | None:
    """The mean of numbers of which each occurs so often; None of none."""
    total = sum(numbers.values())
    return sum(number * times for number, times in numbers.items()) / total if total else None


def median_of(numbers: Mapping[float, int]) -> float | None:
    """The number in the middle, or the mean of the two in the middle; None of none."""
    total = sum(numbers.values())
    return (_nth(numbers, (total - 1) // 2) + _nth(numbers, total // 2)) / 2 if total else None


def _nth(numbers: Mapping[float, int], place: int) -> float:
    for number in sorted(numbers):
        place -= numbers[number]
        if place < 0:
            return number
    raise IndexError(place)


def _left_out(line: Line) -> Line:
    return Line(line.row, 0, [None] * len(line.counts), None)


def _counts(options: Sequence[int], tallies: Sequence[Tally]) -> dict[int, int]:
    seen: Counter[int] = Counter()
    for tally in tallies:
        seen[tally.part] += tally.count
    return {option: seen[option] for option in options}


def _place(choice: int, options: int, tallies: Sequence[Tally]) -> Place:
    ranks = Counter({tally.number: tally.count for tally in tallies if tally.part == choice})
    points = sum(max(int(options + 1 - rank), 0) * times for rank, times in ranks.items())
    return Place(choice, ranks.total(), ranks[1], mean_of(ranks), points)


def _line(row: int, steps: Sequence[int], tallies: Sequence[Tally]) -> Line:
    numbers = Counter({tally.number: tally.count for tally in tallies if tally.part == row})
    return Line(row, numbers.total(), [numbers[step] for step in steps], mean_of(numbers))
