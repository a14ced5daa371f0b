"""Days of the demo's events, counted from the week that it is played in. Pure.

`tue-3T12:30` is half past twelve on the Tuesday three weeks ago, `mon+0` this week's Monday: so an event keeps its
weekdays, and what is past or to come when it is played is so on any day of that week.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RELATIVE = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)([+-]\d{1,3})(?:T(\d\d:\d\d))?", re.ASCII)


def dated(value: Any, today: date) -> Any:
    """Return a JSON value with every relative day in it made absolute: `2026-11-24T12:30`, or `2026-11-24`."""
    if isinstance(value, dict):
        return {key: dated(item, today) for key, item in value.items()}
    if isinstance(value, list):
        return [dated(item, today) for item in value]
    found = RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    weekday, weeks, clock = found.groups()
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(weeks=int(weeks), days=WEEKDAYS.index(weekday))
    return f"{day}T{clock}" if clock else str(day)


def office_hours(start: datetime, end: datetime, count: int) -> list[datetime]:
    """Return so many moments between start and end, in order, on weekdays from eight to four where there are any."""
    span = [start + timedelta(minutes=13 * n) for n in range(1, int((end - start) / timedelta(minutes=13)))]
    working = [moment for moment in span if moment.weekday() < 5 and 8 <= moment.hour < 16]
    return [(working or span or [end])[n * len(working or span) // count] for n in range(count)]
