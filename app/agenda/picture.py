"""An agenda as its page shows it: rows with their times, the sum, and each day to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.agenda.lines import Line, lines_of
from app.agenda.models import AgendaItem
from app.agenda.timetable import by_day, minutes_between, overrun
from app.dates import clock
from app.events.models import Event
from app.language import spoken

LEGIBLE = 15  # units of height that a line of text takes in the picture
TALLEST = 640


@dataclass(frozen=True)
class Row:
    """over: whether the item goes past the event's end."""

    line: Line
    over: bool


@dataclass(frozen=True)
class Block:
    """One item in the picture to scale; start, minutes and end count from the day's beginning."""

    title: str
    clock: str
    start: int
    minutes: int
    end: int
    kind: str


@dataclass(frozen=True)
class Day:
    """One day to scale: day is None where there is but one. minutes: from its first item to the time when all should
    have ended, on other days than the last to the end of its last item."""

    day: date | None
    blocks: list[Block]
    minutes: int


@dataclass(frozen=True)
class Picture:
    """total: minutes of all items. over: minutes past the event's end, negative where some are left, None where nothing
    can be said. per_minute: the height for one, the same for all days."""

    rows: list[Row]
    days: list[Day]
    total: int
    over: int | None
    per_minute: float


def picture(items: Sequence[AgendaItem], event: Event) -> Picture:
    """Return everything about an agenda that follows from its items and the event's times."""
    lines = lines_of(items, event)
    slots = [line.slot for line in lines]
    over = overrun(slots, event.starts_at, event.ends_at, event.time_zone)
    days = [[lines[place] for place in places] for places in by_day(slots)]
    drawn = [
        _day(day, several=len(days) > 1, over=over if place == len(days) - 1 else None)
        for place, day in enumerate(days)
    ]
    ends = max((slot.end or slot.start).timestamp() for slot in slots) - 60 * over if over and over > 0 else None
    return Picture(
        rows=[Row(line, ends is not None and _ends(line) > ends) for line in lines],
        days=[day for day in drawn if day.blocks],
        total=sum(slot.minutes for slot in slots),
        over=over,
        per_minute=_scale(drawn),
    )


def _day(lines: Sequence[Line], *, several: bool, over: int | None) -> Day:
    timed = [line for line in lines if not line.heads]
    first = min((line.slot.start for line in timed), key=lambda start: start.timestamp(), default=None)
    blocks = [_block(line, minutes_between(first, line.slot.start)) for line in timed]
    longest = max((block.end for block in blocks), default=0)
    return Day(lines[0].slot.start.date() if several else None, blocks, longest - (over or 0))


def _block(line: Line, start: int) -> Block:
    minutes = line.slot.minutes
    return Block(line.item.title, clock(line.slot.start, spoken()), start, minutes, start + minutes, line.item.kind)


def _scale(days: Sequence[Day]) -> float:
    """As high for a minute as makes most titles legible, as long as a usual day fits a screen; a day of many short
    items is as long as its list would be."""
    lengths = [block.minutes for day in days for block in day.blocks if block.minutes]
    if not lengths:
        return 1.0
    most = max(max(day.minutes, *(block.end for block in day.blocks)) for day in days if day.blocks)
    legible = LEGIBLE / median(lengths)
    tallest = max(TALLEST, LEGIBLE * max(len(day.blocks) for day in days))
    return round(min(max(1.4, legible), tallest / most), 3)


def _ends(line: Line) -> float:
    return (line.slot.end or line.slot.start).timestamp()
