"""Local times on another day. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.dates import place_in_zone


def moved(local: datetime | None, days: int) -> datetime | None:
    """A local time so many days later, by the same clock; an offset belongs to its own day."""
    return local.replace(tzinfo=None) + timedelta(days) if local else None


def shown(local: datetime, zone: str) -> datetime:
    """The local time itself, or where the clock skips it that day, the one that is as long after midnight."""
    try:
        place_in_zone(local, zone)
    except ValueError:
        there = ZoneInfo(zone)
        return local.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None)
    return local
