"""Which backups are kept, and when the next one is due. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 4, 12
NIGHT = 3  # the hour at which nobody works
AT_MOST = timedelta(hours=24)
AT_LEAST = timedelta(hours=12)


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Return which of the moments at which backups were made stay: the last of each of the seven latest days that have
    one, of the four latest weeks, of the twelve latest months; so the newest always."""
    newest_first = sorted(made, reverse=True)
    rules: list[tuple[Callable[[datetime], object], int]] = [
        (datetime.date, DAYS),
        (lambda at: at.isocalendar()[:2], WEEKS),
        (lambda at: (at.year, at.month), MONTHS),
    ]
    return {one for period, many in rules for one in _last_of_each(newest_first, period, many)}


def _last_of_each(newest_first: list[datetime], period: Callable[[datetime], object], many: int) -> list[datetime]:
    last: dict[object, datetime] = {}
    for one in newest_first:
        last.setdefault(period(one), one)
    return list(last.values())[:many]


def due(newest: datetime | None, now: datetime) -> bool:
    """Whether a backup is to be made now: none is a day old, or it is night and none was made tonight.

    Both are of the same zone; by its clock it is night.
    """
    if newest is None or now - newest >= AT_MOST:
        return True
    return now.hour == NIGHT and now - newest >= AT_LEAST


def named(at: datetime) -> str:
    """The name of a backup's file, by the moment in UTC at which it was made: `koolle-20261126T030000Z.backup`."""
    return f"koolle-{at:%Y%m%dT%H%M%SZ}.backup"


def made_at(name: str) -> datetime | None:
    """Return when a backup was made, by its file's name; None for a file that is none."""
    try:
        return datetime.strptime(name, "koolle-%Y%m%dT%H%M%SZ.backup")  # noqa: DTZ007, both ends are in UTC
    except ValueError:
        return None
