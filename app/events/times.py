"""Which times an event may have. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum

from app.dates import place_in_zone


class Problem(Enum):
    SKIPPED = "the clock never shows this time"
    END_FIRST = "the end is not after the start"
    DEADLINE_LATE = "the deadline is after the start"


def check_times(
    starts: datetime, ends: datetime | None, deadline: datetime | date | None, zone: str
) -> list[tuple[str, Problem]]:
    """Return what is wrong with local times, as (field of the form, problem).

    A bare deadline lasts until its day ends, but the day of the event itself is accepted: the start cuts it short.
    """
    problems = []
    opening = _placed(starts, zone)
    if opening is None:
        problems.append(("starts", Problem.SKIPPED))
    if ends is not None:
        closing = _placed(ends, zone, opening)
        if closing is None:
            problems.append(("ends", Problem.SKIPPED))
        elif opening and closing.timestamp() <= opening.timestamp():
            problems.append(("ends", Problem.END_FIRST))
    if deadline is None:
        return problems
    due = _placed(deadline if isinstance(deadline, datetime) else datetime.combine(deadline, time()), zone)
    if due is None and isinstance(deadline, datetime):
        problems.append(("deadline_time", Problem.SKIPPED))
    elif due and opening and due.timestamp() > opening.timestamp():
        problems.append(("deadline", Problem.DEADLINE_LATE))
    return problems


def _placed(local: datetime, zone: str, not_before: datetime | None = None) -> datetime | None:
    try:
        return place_in_zone(local, zone, not_before)
    except ValueError:
        return None
