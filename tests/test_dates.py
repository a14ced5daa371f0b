"""Dates in words, as each language has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.dates import day_long, instant_of


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (19, "maanantaina"), (20, "tiistaina"), (21, "keskiviikkona"), (22, "torstaina"), (23, "perjantaina"),
        (24, "lauantaina"), (25, "sunnuntaina"),
    ],
)  # fmt: skip
def test_a_day_on_which_something_happens_stands_in_the_essive(day, words):
    assert day_long(date(2026, 10, day), "fi") == f"{words} {day}.10.2026"


HELSINKI, FIRST, SECOND = "Europe/Helsinki", timezone(timedelta(hours=3)), timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        (datetime(2026, 10, 25, 2, 30), HELSINKI, "2026-10-24T23:30"),
        (datetime(2026, 10, 25, 3, 30), HELSINKI, "2026-10-25T00:30"),  # the first of two
        (datetime(2026, 10, 25, 3, 30, tzinfo=FIRST), HELSINKI, "2026-10-25T00:30"),
        (datetime(2026, 10, 25, 3, 30, tzinfo=SECOND), HELSINKI, "2026-10-25T01:30"),
        (datetime(2026, 10, 25, 4, 30), HELSINKI, "2026-10-25T02:30"),
        (datetime(2026, 3, 29, 3, 30), HELSINKI, "2026-03-29T01:30"),  # the clock skips it
        (datetime(2026, 3, 29, 3, 30, tzinfo=FIRST), HELSINKI, "2026-03-29T01:30"),
        (datetime(2026, 9, 1, 12, 0), "Asia/Kathmandu", "2026-09-01T06:15"),
    ],
)
def test_a_local_time_is_one_moment(local, zone, instant):
    placed = instant_of(local, zone)
    assert (placed.tzinfo, placed.isoformat(timespec="minutes")) == (UTC, f"{instant}+00:00")
