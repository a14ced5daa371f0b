"""When a reminder that is counted from a deadline is due. Pure; all times are local to the event."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum


class Due(StrEnum):
    """Whether a reminder waits, is due, or has missed its time: the deadline has passed before it was sent."""

    LATER = "later"
    NOW = "now"
    MISSED = "missed"


def reminds_at(until: datetime, days_before: int, clock: str) -> datetime:
    """Return the moment so many days before the day of a deadline, at a clock time (HH:MM)."""
    return datetime.combine(until.date() - timedelta(days=days_before), time.fromisoformat(clock))


def due(until: datetime, days_before: int, clock: str, now: datetime) -> Due:
    """Say whether it is time. One that was kept from leaving is sent late, as long as there is still time to act on
    it."""
    if now >= until:
        return Due.MISSED
    return Due.NOW if now >= reminds_at(until, days_before, clock) else Due.LATER
