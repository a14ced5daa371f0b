"""Dates, clock times and numbers in words, in each language's own way (SFS 4175 for Finnish). Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

NBSP = "\N{NO-BREAK SPACE}"
HOME_ZONE = "Europe/Helsinki"  # whose day is today, and the zone of an event that names no other


@lru_cache(4096)
def day(value: date, language: str) -> str:
    """4.10.2022; 4.10.2022; 4 October 2022."""
    if language == "en":
        return format_date(value, f"d{NBSP}MMMM{NBSP}y", locale="en")
    return f"{value.day}.{value.month}.{value.year}"


@lru_cache(4096)
def day_long(value: date, language: str) -> str:
    """tiistaina 4.10.2022; tisdagen den 4 oktober 2022; Tuesday 4 October 2022."""
    if language == "fi":
        # CLDR has the essive of every weekday but Sunday
        return f"{format_date(value, 'cccc', locale='fi')}na {day(value, 'fi')}"
    if language == "sv":
        return format_date(value, f"EEEE'en' 'den' d{NBSP}MMMM y", locale="sv")
    return format_date(value, f"EEEE d{NBSP}MMMM y", locale="en_GB")


@lru_cache(4096)
def weekday_day(value: date, language: str) -> str:
    """The same as a heading: tiistai 4.10.2022; tisdag 4 oktober 2022; Tuesday 4 October 2022."""
    if language == "fi":
        return f"{format_date(value, 'cccc', locale='fi')} {day(value, 'fi')}"
    return format_date(value, f"EEEE d{NBSP}MMMM y", locale="sv" if language == "sv" else "en_GB")


@lru_cache(4096)
def month(value: date, language: str) -> str:
    """A month as a heading: marraskuu 2027; november 2027; November 2027."""
    return format_date(value, "LLLL y", locale=language)


def clock(value: time | datetime, language: str) -> str:
    """13.00; 13.00; 13:00."""
    return value.strftime("%H:%M" if language == "en" else "%H.%M").removeprefix("0" if language != "en" else "")


def clock_range(start: datetime, end: datetime | None, language: str) -> str:
    """13.00–15.00, or the start alone."""
    return clock(start, language) + (f"–{clock(end, language)}" if end else "")


def clock_word(language: str) -> str:
    """The word that stands before a clock time, with its space: klo, kl.; none in English."""
    return {"fi": f"klo{NBSP}", "sv": f"kl.{NBSP}"}.get(language, "")


def day_and_clock(value: datetime, language: str) -> str:
    """4.10.2022 klo 13.00; 4 October 2022, 13:00."""
    return f"{day(value, language)}{',' if language == 'en' else ''} {clock_word(language)}{clock(value, language)}"


def when(start: datetime, end: datetime | None, language: str, *, long: bool = True) -> str:
    """tiistaina 4.10.2022 klo 13.00–15.00; over midnight both ends in full. long adds the weekday."""
    words = day_long if long else day
    comma = "," if language == "en" else ""
    text = f"{words(start, language)}{comma} {clock_word(language)}{clock(start, language)}"
    if end is None:
        return text
    if start.date() == end.date():
        return f"{text}–{clock(end, language)}"
    return f"{text} – {words(end, language)}{comma} {clock_word(language)}{clock(end, language)}"


def at_home(at: datetime) -> datetime:
    """Return an instant on the secretariat's own clock."""
    return in_zone(at, HOME_ZONE)


def in_zone(instant: datetime, zone: str) -> datetime:
    """An instant as the clock on the wall of the zone shows it."""
    return instant.astimezone(ZoneInfo(zone))


def place_in_zone(local: datetime, zone: str, not_before: datetime | None = None) -> datetime:
    """Turn a local time into an aware one.

    A time that occurs twice is the earliest that keeps the order (is not before `not_before`, aware); one that carries
    its offset is taken as it is. Raises ValueError for a time that the clock skips, or an offset the zone has not then.
    """
    there = ZoneInfo(zone)
    bare = local.replace(tzinfo=None, fold=0)
    readings = [bare.replace(tzinfo=there, fold=fold) for fold in (0, 1)]
    readings = [r for r in readings if r.astimezone(ZoneInfo("UTC")).astimezone(there).replace(tzinfo=None) == bare]
    if local.tzinfo is not None:
        readings = [r for r in readings if r.utcoffset() == local.utcoffset()]
    if not readings:
        raise ValueError(
            "the clock never shows this time in the zone" if local.tzinfo is None else "no such offset then"
        )
    if not_before is not None and len(readings) == 2 and _instant(readings[0]) < _instant(not_before):
        return readings[1]
    return readings[0]


def instant_of(local: datetime, zone: str) -> datetime:
    """Return the moment, in UTC, of a local time that is stored: the first of one that occurs twice, unless it carries
    its offset. One that the clock skips, by a law that is newer than the time, counts as before the change (PEP 495).

    What is compared with now is compared so: the clock on the wall shows the times of an hour twice.
    """
    try:
        placed = place_in_zone(local, zone)
    except ValueError:
        placed = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    return placed.astimezone(UTC)


def _instant(value: datetime) -> float:
    # Python compares two times of one zone by the wall clock, which is wrong in the hour that occurs twice
    return value.timestamp()
