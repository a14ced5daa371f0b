"""Computes when each item of an agenda begins and ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.dates import place_in_zone


class Timed(Protocol):
    """What the timetable needs of an item: a length in minutes, a fixed local start, either, or both."""

    minutes: int | None
    at: datetime | None


@dataclass(frozen=True)
class Slot:
    """One item's time, aware and in the event's zone; end is None where nothing says when it ends.

    gap: minutes left empty before the item. overlap: minutes by which it starts before the one before has ended.
    """

    start: datetime
    end: datetime | None
    gap: int = 0
    overlap: int = 0

    @property
    def minutes(self) -> int:
        """Length in minutes that pass, which differs from the clock's when the clocks change."""
        return minutes_between(self.start, self.end) if self.end else 0


def timetable(items: Sequence[Timed], starts: datetime, ends: datetime | None, zone: str) -> list[Slot]:
    """Return the slot of each item, in their order.

    An item starts at its fixed time, else when the one before ends; the first flowing one starts with the event. An
    item without minutes lasts until the next fixed start, the last one until the event ends. starts, ends and the
    items' fixed times are local; a time that occurs twice is the earliest that keeps the order.
    """
    opening = _placed(starts, zone)
    closing = _placed(ends, zone, opening) if ends else None
    slots: list[Slot] = []
    clock = opening
    for place, item in enumerate(items):
        start = _placed(item.at, zone, clock if slots else None) if item.at else clock
        if item.minutes is not None:
            end = _later(start, item.minutes, zone)
        else:
            following = items[place + 1].at if place + 1 < len(items) else None
            last = place + 1 == len(items)
            end = _placed(following, zone, start) if following else closing if last else None
            end = end if end and minutes_between(start, end) > 0 else None
        off = minutes_between(clock, start)
        # what comes before the event's own start, such as registration, overlaps with nothing
        slots.append(Slot(start, end, gap=max(off, 0), overlap=max(-off, 0) if slots else 0))
        clock = end or start
    return slots


def overrun(slots: Sequence[Slot], starts: datetime, ends: datetime | None, zone: str) -> int:
    """Return the minutes that an agenda goes past the event's end; negative: minutes left free; 0 without an end."""
    if not slots or ends is None:
        return 0
    closing = _placed(ends, zone, _placed(starts, zone))
    return max(minutes_between(closing, slot.end or slot.start) for slot in slots)


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Return the minutes that pass between two aware times; subtracting two times of one zone counts the wall clock."""
    return round((later.timestamp() - earlier.timestamp()) / 60)


def _later(start: datetime, minutes: int, zone: str) -> datetime:
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))


def _placed(local: datetime, zone: str, not_before: datetime | None = None) -> datetime:
    try:
        return place_in_zone(local, zone, not_before)
    except ValueError:
        # stored before the event moved to a day on which the clock skips it: as long after midnight as it was meant
        there = ZoneInfo(zone)
        return local.replace(tzinfo=there).astimezone(UTC).astimezone(there)
