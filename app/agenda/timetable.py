"""Computes when each item of an agenda begins and ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.dates import place_in_zone

NIGHT = 4 * 60  # minutes: what is left empty over midnight and is at least as long is a night, not a gap


class Timed(Protocol):
    """What the timetable needs of an item: a length in minutes, a fixed local start, either, or both; and its kind."""

    kind: str
    minutes: int | None
    at: datetime | None


@dataclass(frozen=True)
class Slot:
    """One item's time, aware and in the event's zone; end is None where nothing says when it ends.

    gap: minutes left empty before the item. overlap: minutes by which it starts before the one before has ended.
    night: whether a night lies before it, so that it begins another day of the event.
    """

    start: datetime
    end: datetime | None
    gap: int = 0
    overlap: int = 0
    night: bool = False

    @property
    def minutes(self) -> int:
        """Length in minutes that pass, which differs from the clock's when the clocks change."""
        return minutes_between(self.start, self.end) if self.end else 0

    @property
    def until(self) -> datetime | None:
        """The end as it is printed: none where nothing says it, nor where no time passes."""
        return self.end if self.minutes else None


def timetable(items: Sequence[Timed], starts: datetime, ends: datetime | None, zone: str) -> list[Slot]:
    """Return the slot of each item, in their order.

    An item starts at its fixed time, else when the one before ends; the first flowing one starts with the event. An
    item without minutes lasts until the next fixed start of its day, the last one until the event ends. A section takes
    no time and disturbs nothing: it stands where what follows it begins, or where all has ended. starts, ends and the
    items' fixed times are local; a time that occurs twice is the earliest that keeps the order.
    """
    timed = _flow([item for item in items if item.kind != "section"], starts, ends, zone)
    last = timed[-1] if timed else None
    after = (last.end or last.start) if last else _placed(starts, zone)
    found: list[Slot] = []
    night = False
    for item in reversed(items):
        if item.kind != "section":
            slot = timed.pop()
            after, night = slot.start, slot.night
            found.append(slot)
        else:
            if night:  # the heading comes before what it heads: the other day begins with it
                found[-1] = replace(found[-1], night=False)
            found.append(Slot(after, None, night=night))
    return found[::-1]


def _flow(items: Sequence[Timed], starts: datetime, ends: datetime | None, zone: str) -> list[Slot]:
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
            end = end if end and minutes_between(start, end) > 0 and not is_night(start, end) else None
        off = minutes_between(clock, start)
        night = is_night(clock, start)
        # what comes before the event's own start, such as registration, overlaps with nothing
        overlap = max(-off, 0) if slots else 0
        slots.append(Slot(start, end, 0 if night else max(off, 0), overlap, night and bool(slots)))
        clock = end or start
    return slots


def is_night(earlier: datetime, later: datetime) -> bool:
    """Whether what lies between two aware times of one zone is a night: over midnight, and long enough to sleep."""
    return earlier.date() < later.date() and minutes_between(earlier, later) >= NIGHT


def by_day(slots: Sequence[Slot]) -> list[list[int]]:
    """Return the places of the slots, those of each day of the event together; a day that goes on past midnight goes
    on until the night."""
    days: list[list[int]] = []
    for place, slot in enumerate(slots):
        if slot.night or not days:
            days.append([])
        days[-1].append(place)
    return days


def overrun(slots: Sequence[Slot], starts: datetime, ends: datetime | None, zone: str) -> int | None:
    """Return the minutes that an agenda goes past the event's end; negative: minutes left free. None where nothing can
    be said of it: without an end, without items, or where a night lies between the last item and the end."""
    if not slots or ends is None:
        return None
    closing = _placed(ends, zone, _placed(starts, zone))
    latest = max((slot.end or slot.start for slot in slots), key=datetime.timestamp)
    return None if is_night(latest, closing) else minutes_between(closing, latest)


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
