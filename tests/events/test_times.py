"""Which times an event may have, as a table."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.events.times import Problem, check_times


def at(clock, day=10, month=9):
    hour, minute = clock.split(".")
    return datetime(2026, month, day, int(hour), int(minute))


@pytest.mark.parametrize(
    ("starts", "ends", "deadline", "problems"),
    [
        (at("13.00"), at("15.00"), date(2026, 9, 4), []),
        (at("13.00"), None, None, []),
        (at("13.00"), at("13.00"), None, [("ends", Problem.END_FIRST)]),
        (at("13.00"), at("12.00"), None, [("ends", Problem.END_FIRST)]),
        (at("23.00"), at("1.00", day=11), None, []),
        (at("13.00"), None, date(2026, 9, 10), []),
        (at("13.00"), None, date(2026, 9, 11), [("deadline", Problem.DEADLINE_LATE)]),
        (at("13.00"), None, at("13.00"), []),
        (at("13.00"), None, at("13.01"), [("deadline", Problem.DEADLINE_LATE)]),
        (at("3.30", 29, 3), at("5.00", 29, 3), None, [("starts", Problem.SKIPPED)]),
        (at("2.00", 29, 3), at("3.30", 29, 3), None, [("ends", Problem.SKIPPED)]),
        (at("13.00", 29, 3), None, at("3.30", 29, 3), [("deadline_time", Problem.SKIPPED)]),
        # the hour that occurs twice: the end is the second 3.15, after the first 3.30
        (at("3.30", 25, 10), at("3.15", 25, 10), None, []),
    ],
)
def test_times(starts, ends, deadline, problems):
    assert check_times(starts, ends, deadline, "Europe/Helsinki") == problems
