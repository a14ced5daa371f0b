"""An agenda as its page shows it: rows with their times, the sum, and the day to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.agenda.models import AgendaItem
from app.agenda.timetable import Slot, minutes_between, overrun, timetable
from app.dates import clock
from app.events.models import Event
from app.language import spoken

TALLEST = 640


@dataclass(frozen=True)
class Row:
    """over: whether the item goes past the event's end."""

    item: AgendaItem
    slot: Slot
    over: bool


@dataclass(frozen=True)
class Block:
    """One item in the picture to scale; start, minutes and end count from the picture's beginning."""

    title: str
    clock: str
    start: int
    minutes: int
    end: int
    kind: str


@dataclass(frozen=True)
class Picture:
    """total: minutes of all items. over: minutes past the event's end, negative where some are left.

    minutes: from the picture's beginning to the event's end; per_minute: its height for one.
    """

    rows: list[Row]
    blocks: list[Block]
    total: int
    over: int
    minutes: int
    per_minute: float


def picture(items: Sequence[AgendaItem], event: Event) -> Picture:
    """Return everything about an agenda that follows from its items and the event's times."""
    zone = event.time_zone
    slots = timetable(items, event.starts_at, event.ends_at, zone)
    over = overrun(slots, event.starts_at, event.ends_at, zone)
    blocks = _blocks(items, slots)
    longest = max((block.end for block in blocks), default=0)
    minutes = longest - over if event.ends_at else longest
    most = max(longest, minutes, 1)
    return Picture(
        rows=[
            Row(item, slot, over > 0 and block.end > minutes)
            for item, slot, block in zip(items, slots, blocks, strict=True)
        ],
        blocks=blocks,
        total=sum(slot.minutes for slot in slots),
        over=over,
        minutes=minutes,
        per_minute=min(1.4, TALLEST / most),
    )


def _blocks(items: Sequence[AgendaItem], slots: Sequence[Slot]) -> list[Block]:
    first = min((slot.start for slot in slots), key=lambda start: start.timestamp(), default=None)
    blocks = []
    for item, slot in zip(items, slots, strict=True):
        start = minutes_between(first, slot.start)
        said = clock(slot.start, spoken())
        blocks.append(Block(item.title, said, start, slot.minutes, start + slot.minutes, item.kind))
    return blocks
