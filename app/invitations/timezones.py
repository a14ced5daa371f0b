"""A time zone as calendars want it told: VTIMEZONE with yearly rules (RFC 5545 section 3.6.5). Pure.

The rules come from the POSIX TZ string that ends each zone's file (RFC 8536 section 3.3.1). RDATE is never used:
Exchange 2016 refuses it. A zone or time that those rules do not describe gets plain onsets around the event instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
NAME = r"(?:<[^>]+>|[A-Za-z]+)"
OFFSET = r"([+-]?\d+(?::\d+){0,2})"
RULE = r"M(\d+)\.(\d)\.(\d)(?:/(-?\d+(?::\d+){0,2}))?"
POSIX = re.compile(rf"{NAME}{OFFSET}(?:{NAME}{OFFSET}?,{RULE},{RULE})?")


@dataclass(frozen=True)
class Onset:
    """A change of the clock, at a local time by the offset before it; yearly where rule gives (month, BYDAY)."""

    at: datetime
    before: timedelta
    after: timedelta
    summer: bool
    rule: tuple[int, str] | None = None


@lru_cache(maxsize=64)
def vtimezone(zone: str, start: datetime, end: datetime) -> Timezone:
    """Return the VTIMEZONE of a zone that is right from start to end (both aware)."""
    onsets = yearly(_posix(zone))
    if onsets is None or not _agree(onsets, zone, start) or not _agree(onsets, zone, end):
        onsets = around(zone, start, end)
    component = Timezone()
    component.add("tzid", zone)
    for onset in onsets:
        part = TimezoneDaylight() if onset.summer else TimezoneStandard()
        part.add("dtstart", onset.at)
        part.add("tzoffsetfrom", onset.before)
        part.add("tzoffsetto", onset.after)
        if onset.rule:
            part.add("rrule", {"freq": "yearly", "bymonth": onset.rule[0], "byday": onset.rule[1]})
        component.add_component(part)
    return component


def yearly(posix: str) -> list[Onset] | None:
    """Read a POSIX TZ string such as `EET-2EEST,M3.5.0/3,M10.5.0/4`; None where no yearly RRULE says the same."""
    match = POSIX.fullmatch(posix)
    if match is None:
        return None
    standard = -_duration(match[1])
    if match[3] is None:
        return [Onset(datetime(1970, 1, 1), standard, standard, False)]
    summer = -_duration(match[2]) if match[2] else standard + timedelta(hours=1)
    onsets = []
    for first, before, after, is_summer in ((3, standard, summer, True), (7, summer, standard, False)):
        month, week, weekday = (int(match[first + place]) for place in range(3))
        clock = _duration(match[first + 3] or "2")
        if not timedelta() <= clock < timedelta(days=1):
            return None
        byday = f"{-1 if week == 5 else week}{WEEKDAYS[weekday]}"
        day = _day(1970, month, week, weekday)
        onsets.append(Onset(day + clock, before, after, is_summer, (month, byday)))
    return onsets


def around(zone: str, start: datetime, end: datetime) -> list[Onset]:
    """Return the clock's changes between start and end, after one that sets the clock as it stands at start."""
    there = ZoneInfo(zone)
    offset = start.astimezone(there).utcoffset()
    summer = bool(start.astimezone(there).dst())
    at = start.astimezone(UTC)
    onsets = [Onset(at.replace(tzinfo=None) + offset, offset, offset, summer)]
    while at < end:
        after = at + timedelta(minutes=15)
        new = after.astimezone(there).utcoffset()
        if new != offset:
            local = after.replace(tzinfo=None) + offset
            onsets.append(Onset(local, offset, new, bool(after.astimezone(there).dst())))
            offset = new
        at = after
    return onsets


def _posix(zone: str) -> str:
    folder, _, name = f"zoneinfo/{zone}".rpartition("/")
    content = files("tzdata").joinpath(*folder.split("/"), name).read_bytes()
    return content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _agree(onsets: list[Onset], zone: str, at: datetime) -> bool:
    """Whether yearly onsets give the offset that the zone has at an instant."""
    utc = at.astimezone(UTC).replace(tzinfo=None)
    years = (utc.year - 1, utc.year)
    passed = [(_instance(onset, year) - onset.before, onset.after) for onset in onsets for year in years]
    last = max((instant, offset) for instant, offset in passed if instant <= utc)
    return last[1] == at.astimezone(ZoneInfo(zone)).utcoffset()


def _instance(onset: Onset, year: int) -> datetime:
    if onset.rule is None:
        return onset.at
    month, byday = onset.rule
    day = _day(year, month, 5 if byday.startswith("-") else int(byday[0]), WEEKDAYS.index(byday[-2:]))
    return day + (onset.at - datetime(onset.at.year, onset.at.month, onset.at.day))


def _day(year: int, month: int, week: int, weekday: int) -> datetime:
    """The week-th weekday (0 is Sunday) of a month; week 5 is the last."""
    first = datetime(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (week - 1))
    while day.month != month:
        day -= timedelta(days=7)
    return day


def _duration(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*(int(part) for part in text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
