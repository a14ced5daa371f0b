"""When the next event of a series is, by the days of those before it. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

WEEKS, DAY_OF_MONTH, WEEKDAY_OF_MONTH = "weeks", "day_of_month", "weekday_of_month"
UNKNOWN = "unknown"
FIRST_GUESS = 4  # weeks, where only one event is known


@dataclass(frozen=True)
class Interval:
    """every: so many weeks or months. kind: `weeks` keeps the weekday, `day_of_month` the day's number, and
    `weekday_of_month` which of its weekday it is in the month (the second Tuesday); `unknown` is a first guess."""

    kind: str
    every: int


@dataclass(frozen=True)
class Proposal:
    """The day of the next event, by which interval, and each day that was not taken on the way, with the reason:
    `passed`, `weekend` or `holiday`."""

    day: date
    interval: Interval
    passed_by: tuple[tuple[date, str], ...] = ()


def next_day(days: Sequence[date], today: date, *, holidays: Callable[[date], bool] | None = None) -> Proposal:
    """Propose a day after the last of these, which are in order, and after today.

    holidays: whether a day is one on which nobody works, besides Saturday and Sunday. A series that meets on
    weekends is left on them.
    """
    anchor, interval = interval_of(days)
    passed_by: list[tuple[date, str]] = []
    times = 1
    while (day := _step(anchor, interval, times)) <= max(today, days[-1]):
        if day > days[-1]:
            passed_by.append((day, "passed"))
        times += 1
    weekends = days[-1].weekday() > 4
    while reason := _no_working_day(day, weekends, holidays):
        passed_by.append((day, reason))
        day += timedelta(1)
    return Proposal(day, interval, tuple(passed_by))


def interval_of(days: Sequence[date]) -> tuple[date, Interval]:
    """Return the interval that explains the most of the last steps between these days, weeks before months, and the day
    from which it counts.

    Where the last step is explained by none, the last meeting was moved: it counts from the one before, by the step
    that led there. Where that explains nothing either, it is the whole weeks that come nearest to the last step.
    """
    if len(days) < 2:
        return days[-1], Interval(UNKNOWN, FIRST_GUESS)
    steps = list(zip(days, days[1:], strict=False))[::-1]
    for place, step in enumerate(steps[:2]):
        found = [one for kind in (WEEKS, DAY_OF_MONTH, WEEKDAY_OF_MONTH) if (one := _between(*step, kind))]
        if found:
            return step[1], max(found, key=lambda one: _explained(steps[place:], one))
    return days[-1], Interval(WEEKS, max(round((days[-1] - days[-2]).days / 7), 1))


def _between(earlier: date, later: date, kind: str) -> Interval | None:
    gap, months = (later - earlier).days, 12 * (later.year - earlier.year) + later.month - earlier.month
    if kind == WEEKS:
        return Interval(WEEKS, gap // 7) if gap > 0 and gap % 7 == 0 else None
    found = Interval(kind, months)
    return found if months > 0 and _step(earlier, found, 1) == later else None


def _explained(steps: Sequence[tuple[date, date]], interval: Interval) -> int:
    count = 0
    for earlier, later in steps:
        if _between(earlier, later, interval.kind) != interval:
            break
        count += 1
    return count


def _step(day: date, interval: Interval, times: int) -> date:
    if interval.kind in (WEEKS, UNKNOWN):
        return day + timedelta(weeks=interval.every * times)
    years, month = divmod(day.month - 1 + interval.every * times, 12)
    year, month = day.year + years, month + 1
    if interval.kind == DAY_OF_MONTH:
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    which = (day.day - 1) // 7
    first = date(year, month, 1)
    found = first + timedelta((day.weekday() - first.weekday()) % 7 + 7 * which)
    return found if found.month == month else found - timedelta(7)


def _no_working_day(day: date, weekends: bool, holidays: Callable[[date], bool] | None) -> str | None:
    if day.weekday() > 4 and not weekends:
        return "weekend"
    return "holiday" if holidays and holidays(day) else None


def finnish_holiday(day: date) -> bool:
    """Whether Finnish offices are closed on a weekday: the church's and state's feast days, and the eves of midsummer
    and Christmas."""
    sunday = easter(day.year)
    moving = {sunday + timedelta(days) for days in (-2, 1, 39)}  # Good Friday, Easter Monday, Ascension Day
    fixed = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    midsummer_eve = day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
    return day in moving or (day.month, day.day) in fixed or midsummer_eve
