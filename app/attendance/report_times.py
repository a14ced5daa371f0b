"""Dates, times and durations of attendance reports, which are written in any order and on any clock. Pure.

What a date means is decided by the event: of the orders and clocks in which all of them can be read, the one under
which people were there while it took place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import takewhile
from zoneinfo import ZoneInfo

ORDERS = ("ymd", "dmy", "mdy")
FAR = timedelta(hours=12)  # a first arrival further than this from the beginning is of another meeting

_stamp = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[./-])\s?(?P<b>\d{1,2})[./-]\s?(?P<c>\d{1,4})\D{0,8}?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<half>[ap]\.?\s?m|ap|ip|fm|em)?\.?\s*(?P<zone>z$|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_clock = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_amount = re.compile(r"(\d{1,5})\s*([a-zå]+)")
SECONDS = {"h": 3600, "t": 3600, "m": 60, "s": 1}  # h, hr, t, tim; m, min; s, sek


@dataclass(frozen=True)
class Way:
    """One way to read a report's times: the order of a date's parts, and whether they are of UTC."""

    order: str
    utc: bool


def seconds_of(text: str) -> int | None:
    """Return a duration: `2h 5m 3s`, `1 t 5 min`, `02:05:03`, or whole minutes; None for anything else."""
    text = text.strip().lower()
    if clock := _clock.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    amounts = [(int(count), SECONDS.get(unit[0])) for count, unit in _amount.findall(text)]
    if amounts and all(worth for _count, worth in amounts):
        return sum(count * worth for count, worth in amounts if worth)
    return int(text) * 60 if text.isascii() and text.isdigit() and len(text) < 6 else None


def read_time(text: str, way: Way, zone: str) -> datetime | None:
    """Return a written time on the clock of the event's zone, without offset; None where it cannot be read so."""
    match = _stamp.search(text)
    if match is None:
        return None
    parts = [match["a"], match["b"], match["c"]]
    if (len(parts[0]) > 2) != (way.order == "ymd") or (match["mark"] == "." and way.order == "mdy"):
        return None
    year, month, day = (int(parts[way.order.index(part)]) for part in "ymd")
    hour = _hour(int(match["hour"]), (match["half"] or "").lower())
    try:
        minute, second = int(match["minute"]), int(match["second"] or 0)
        written = datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)
        offset = _offset((match["zone"] or "").lower(), way)
        if offset is None:
            return written
        return written.replace(tzinfo=offset).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def way_of(stamps: Sequence[str], starts: datetime, ends: datetime | None, zone: str) -> Way | None:
    """Return how a report's times are to be read: so that all of them can be, and the time from the first to the last
    is nearest to the event's (both local, without offset). None where they are of another time, or cannot be read.

    The clock is the local one unless UTC fits clearly better: people come early and leave early by less than a zone's
    offset, and then both ends are off.
    """
    stamps = sorted({text for text in stamps if text})
    best: tuple[timedelta, Way] | None = None
    for way in (Way(order, utc) for utc in (False, True) for order in ORDERS):
        times = list(takewhile(bool, (read_time(text, way, zone) for text in stamps)))
        if stamps and len(times) == len(stamps):
            off = _off([time for time in times if time], starts, ends)
            if off <= FAR and (best is None or off * (2 if way.utc and not best[1].utc else 1) < best[0]):
                best = off, way
    return best[1] if best else None


def covered(stays: Iterable[tuple[datetime, datetime]]) -> int:
    """Return the seconds that some stays cover, those at two devices at once counted once."""
    total, until = 0.0, datetime.min
    for start, end in sorted(stays):
        total += max((end - max(start, until)).total_seconds(), 0)
        until = max(until, end)
    return round(total)


def _off(times: Sequence[datetime], starts: datetime, ends: datetime | None) -> timedelta:
    end = ends or starts
    return abs(min(times) - starts) + abs(max(times) - end if ends else timedelta())


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half[0] in "pie" else 0)  # pm, ip, em


def _offset(written: str, way: Way):
    if written in ("z", "utc", "gmt") or (not written and way.utc):
        return UTC
    if not written:
        return None
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
