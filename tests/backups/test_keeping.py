"""Which backups stay, and when the next one is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backups.keeping import due, kept, made_at, named

NIGHT = datetime(2026, 11, 26, 3, 10)


def test_of_four_hundred_nights_seven_days_four_weeks_and_twelve_months_stay():
    nights = [NIGHT - timedelta(days=n) for n in range(400)]
    days = [f"{NIGHT - timedelta(days=n):%Y-%m-%d}" for n in range(7)]
    sundays = ["2026-11-22", "2026-11-15", "2026-11-08"]  # the last backup of each week but this one
    ends = ["2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30"]
    ends += ["2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"]
    assert sorted(f"{one:%Y-%m-%d}" for one in kept(nights)) == sorted({*days, *sundays, *ends})


@given(st.sets(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)), max_size=60))
def test_the_newest_stays_and_letting_go_twice_lets_go_no_more(made):
    stay = kept(made)
    assert stay <= made
    assert kept(stay) == stay
    assert not made or max(made) in stay


@pytest.mark.parametrize(
    ("newest", "now", "is_due"),
    [
        (None, datetime(2026, 11, 26, 14, 0), True),  # a new installation does not wait for the night
        (datetime(2026, 11, 26, 3, 5), datetime(2026, 11, 26, 14, 0), False),
        (datetime(2026, 11, 25, 3, 5), datetime(2026, 11, 26, 2, 59), False),
        (datetime(2026, 11, 25, 3, 5), datetime(2026, 11, 26, 3, 0), True),
        (datetime(2026, 11, 26, 3, 0), datetime(2026, 11, 26, 3, 10), False),
        (datetime(2026, 11, 25, 10, 0), datetime(2026, 11, 26, 3, 0), True),  # made by hand yesterday
        (datetime(2026, 11, 25, 20, 0), datetime(2026, 11, 26, 3, 0), False),  # this evening is tonight's
        (datetime(2026, 11, 25, 20, 0), datetime(2026, 11, 26, 20, 0), True),
    ],
)
def test_when_a_backup_is_due(newest, now, is_due):
    assert due(newest, now) is is_due


def test_a_files_name_tells_when_it_was_made():
    at = datetime(2026, 11, 26, 1, 2, 3, tzinfo=UTC)
    assert named(at) == "koolle-20261126T010203Z.backup"
    assert made_at(named(at)) == at.replace(tzinfo=None)
    assert [made_at(other) for other in ("secret", "koolle-x.backup", ".backup-1")] == [None, None, None]
