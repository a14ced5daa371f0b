"""Local times as an event file writes them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def occurs_twice(local: datetime, zone: str) -> bool:
    """Whether the clock of a zone shows this time twice, at the end of summer time."""
    bare = local.replace(tzinfo=None)
    first, second = (bare.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    return (first or timedelta()) > (second or timedelta())


def local_text(local: datetime, zone: str) -> str:
    """A local time to the minute; its offset, if it carries one, only where it is needed."""
    kept = local if local.tzinfo is None or occurs_twice(local, zone) else local.replace(tzinfo=None)
    return kept.isoformat(timespec="minutes")
