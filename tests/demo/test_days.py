from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.demo.days import dated, office_hours

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("relative", "absolute"),
    [
        ("wed+0", "2026-11-25"),
        ("mon+0", "2026-11-23"),
        ("fri-1", "2026-11-20"),
        ("tue+6T09:05", "2027-01-05T09:05"),
        ("sun-48", "2025-12-28"),
        ("wed", "wed"),
        ("xyz+1", "xyz+1"),
        ("wed+1 at nine", "wed+1 at nine"),
        (4, 4),
        ([{"due": "wed+2"}], [{"due": "2026-12-09"}]),
    ],
)
def test_a_day_is_counted_from_this_weeks(relative, absolute):
    assert dated(relative, WEDNESDAY) == absolute


@pytest.mark.parametrize("day", range(7))
def test_what_lies_a_week_ahead_does_so_on_every_day_of_the_week(day):
    today = date(2026, 11, 23) + timedelta(days=day)
    assert dated("tue-1", today) < str(today) < dated("mon+1", today)


def test_answers_come_in_office_hours_in_order():
    friday, tuesday = datetime(2026, 11, 20, 15), datetime(2026, 11, 24, 9)
    moments = office_hours(friday, tuesday, 20)
    assert moments == sorted(moments)
    assert {moment.date().isoformat() for moment in moments} == {"2026-11-20", "2026-11-23", "2026-11-24"}
    assert all(8 <= moment.hour < 16 and friday < moment < tuesday for moment in moments)


def test_answers_come_at_a_weekend_where_there_is_nothing_else():
    saturday = datetime(2026, 11, 21, 9)
    assert office_hours(saturday, saturday + timedelta(hours=1), 2) == [
        saturday + timedelta(minutes=13),
        saturday + timedelta(minutes=26),
    ]
    assert office_hours(saturday, saturday, 1) == [saturday]
