"""Where a meeting is in its agenda, what the buttons of the timer do, and when all will end as things stand. Pure.

What is being dealt with is the item that was begun and not ended. A press says which item it was made at, so that two
people who press at once go on by one item and not by two; what does not fit the agenda as it stands changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import dropwhile


class State(StrEnum):
    BEFORE = "before"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class Item:
    """What is planned and what has happened, as instants: minutes is None where nothing says how long; fixed is not
    before when it begins, such as its own start or the meeting's."""

    id: int
    minutes: int | None
    fixed: datetime | None
    begun_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Expected:
    """When an item that has not ended begins, or has begun, and ends, as things stand."""

    id: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Progress:
    """stands_at: what a press is made at, the item that is dealt with or the last that was; 0 before all.

    due: when the present item should end, None where nothing says it. expected: what has not ended, in order, the
    present item first. all_ended: when the meeting ended, or will as things stand; None where nothing is left.
    """

    state: State
    stands_at: int
    due: datetime | None
    expected: list[Expected]
    all_ended: datetime | None

    @property
    def next(self) -> Expected | None:
        coming = self.expected[1:] if self.state == State.RUNNING else self.expected
        return coming[0] if coming else None


def progress(items: Sequence[Item], now: datetime) -> Progress:
    """Return where a meeting is. An item whose time is over lasts until now; what follows begins as soon as it can."""
    present, last = _present(items), _last_ended(items)
    if present is None and last is not None:
        return Progress(State.ENDED, last.id, None, [], last.ended_at)
    expected: list[Expected] = []
    due, clock = None, now
    if present is not None:
        due = present.begun_at + timedelta(minutes=present.minutes) if present.minutes is not None else None
        clock = max(due or now, now)
        expected.append(Expected(present.id, present.begun_at, clock))
    for item in _coming(items, present):
        starts = max(clock, item.fixed) if item.fixed else clock
        clock = starts + timedelta(minutes=item.minutes or 0)
        expected.append(Expected(item.id, starts, clock))
    state = State.RUNNING if present else State.BEFORE
    return Progress(state, present.id if present else 0, due, expected, expected[-1].ends if expected else None)


def pressed(items: Sequence[Item], action: str, made_at: int, now: datetime) -> dict[int, dict[str, datetime | None]]:
    """Return what a press changes: the new begun_at and ended_at of items, by id.

    action: `next` (which begins the first, and ends all after the last), `end` or `back`; made_at: Progress.stands_at
    of the page on which it was pressed.
    """
    present, last = _present(items), _last_ended(items)
    if made_at != (present or last or Item(0, None, None)).id:
        return {}
    if action == "back":
        return _back(present, last)
    if present is None and last is not None:
        return {}  # all has ended: only back goes on
    coming = next(iter(_coming(items, present)), None) if action == "next" else None
    changed = {present.id: {"ended_at": now}} if present else {}
    return changed | ({coming.id: {"begun_at": now, "ended_at": None}} if coming else {})


def _back(present: Item | None, last: Item | None) -> dict[int, dict[str, datetime | None]]:
    """The press before is undone: the present item was not begun, and the one before it has not ended."""
    changed = {present.id: {"begun_at": None, "ended_at": None}} if present else {}
    return changed | ({last.id: {"ended_at": None}} if last else {})


def _present(items: Sequence[Item]) -> Item | None:
    return max((one for one in items if one.begun_at and not one.ended_at), key=lambda one: one.begun_at, default=None)


def _last_ended(items: Sequence[Item]) -> Item | None:
    # of two that ended in one moment, the one that was begun later, or stands later
    ended = [one for one in reversed(items) if one.begun_at and one.ended_at]
    return max(ended, key=lambda one: (one.ended_at, one.begun_at), default=None)


def _coming(items: Sequence[Item], present: Item | None) -> list[Item]:
    after = list(dropwhile(lambda one: one.id != present.id, items)) if present else items
    return [one for one in after if one.begun_at is None]
