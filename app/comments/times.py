"""Until when a round takes comments. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = timedelta(days=7)
CLOSES = {"hour": 16, "minute": 0, "second": 0, "microsecond": 0}


def usual_deadline(today: datetime) -> datetime:
    """A week from a local moment at 16.00."""
    return (today + LASTS).replace(tzinfo=None, **CLOSES)


def takes_comments(closes_at: datetime, closed_at: datetime | None, at: datetime) -> bool:
    """Whether a round takes comments at a moment: until its deadline, to the second, unless it was closed before."""
    return closed_at is None and at < closes_at
