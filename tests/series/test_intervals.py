"""When the next meeting is."""

from __future__ import annotations

from datetime import date

import pytest

from app.series.intervals import Interval, finnish_holiday, next_day

BEFORE = date(2025, 1, 1)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("held", "kind", "every", "following"),
    [
        (["2026-09-10"], "unknown", 4, "2026-10-08"),
        (["2026-09-10", "2026-09-24"], "weeks", 2, "2026-10-08"),
        (["2026-09-10", "2026-10-10"], "day_of_month", 1, "2026-11-10"),
        # 28 days of February: both explain one step, weeks come first; a step more decides
        (["2026-02-05", "2026-03-05"], "weeks", 4, "2026-04-02"),
        (["2026-01-05", "2026-02-05", "2026-03-05"], "day_of_month", 1, "2026-04-05"),
        (["2026-01-13", "2026-02-10", "2026-03-10"], "weeks", 4, "2026-04-07"),
        # the second Tuesday: five weeks, then four; four, then five
        (["2026-03-10", "2026-04-14", "2026-05-12"], "weekday_of_month", 1, "2026-06-09"),
        (["2026-05-12", "2026-06-09", "2026-07-14"], "weekday_of_month", 1, "2026-08-11"),
        (["2026-03-10", "2026-05-12", "2026-07-14", "2026-09-08"], "weekday_of_month", 2, "2026-11-10"),
        # the last day of a month, as long as the month is
        (["2026-01-31", "2026-02-28"], "weeks", 4, "2026-03-28"),
        (["2025-08-31", "2025-09-30"], "day_of_month", 1, "2025-10-30"),
        # quarterly, over the turn of a year
        (["2026-08-10", "2026-11-10"], "day_of_month", 3, "2027-02-10"),
        # the last meeting was moved by two days: the others tell when the next one is
        (["2026-08-11", "2026-08-25", "2026-09-08", "2026-09-24"], "weeks", 2, "2026-10-06"),
        # nothing explains anything
        (["2026-09-01", "2026-09-20"], "weeks", 3, "2026-10-11"),
        # both clock changes are the clock's matter: the day is a day
        (["2026-10-11", "2026-10-18"], "weeks", 1, "2026-10-25"),
        (["2026-03-15", "2026-03-22"], "weeks", 1, "2026-03-29"),
    ],
)
def test_the_next_day_keeps_the_interval(held, kind, every, following):
    proposal = next_day(days(*held), BEFORE)
    regular, *_more = [day for day, _reason in proposal.passed_by] or [proposal.day]
    assert (proposal.interval, regular.isoformat()) == (Interval(kind, every), following)


@pytest.mark.parametrize(
    ("held", "today", "following", "passed_by"),
    [
        (["2026-08-27", "2026-09-03"], "2026-09-12", "2026-09-17", [("2026-09-10", "passed")]),
        (["2026-08-27", "2026-09-03"], "2026-09-17", "2026-09-24", [
            ("2026-09-10", "passed"), ("2026-09-17", "passed"),
        ]),
        (["2026-09-10"], "2026-10-08", "2026-11-05", [("2026-10-08", "passed")]),
        # day of month on a Sunday: the Monday after
        (["2026-08-11", "2026-09-11"], BEFORE.isoformat(), "2026-10-12", [("2026-10-11", "weekend")]),
        # Independence Day is a Sunday in 2026 and a Monday in 2027
        (["2027-11-22", "2027-11-29"], BEFORE.isoformat(), "2027-12-07", [("2027-12-06", "holiday")]),
        # Good Friday, the weekend, Easter Monday
        (["2026-03-20", "2026-03-27"], BEFORE.isoformat(), "2026-04-07", [
            ("2026-04-03", "holiday"), ("2026-04-04", "weekend"), ("2026-04-05", "weekend"), ("2026-04-06", "holiday"),
        ]),
        # a series that meets on Saturdays stays on them
        (["2026-09-05", "2026-09-12"], BEFORE.isoformat(), "2026-09-19", []),
    ],
)  # fmt: skip
def test_no_day_is_passed_by_without_a_reason(held, today, following, passed_by):
    proposal = next_day(days(*held), date.fromisoformat(today), holidays=finnish_holiday)
    told = [(day.isoformat(), reason) for day, reason in proposal.passed_by]
    assert (proposal.day.isoformat(), told) == (following, passed_by)


def test_the_holidays_of_a_year():
    year = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    closed = [day.isoformat()[5:] for day in year if finnish_holiday(day)]
    assert closed == [
        "01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-06", "12-24", "12-25", "12-26",
    ]  # fmt: skip
