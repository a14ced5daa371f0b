"""What an event lacks before people are invited, as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.events.readiness import Prepared, lacks

STARTS = datetime(2026, 9, 10, 13, 0)
READY = Prepared(
    ends=True, place=True, online=False, background=True, deadline=True, public=True, items=5, over=0, gaps=0,
    overlaps=0, questions=3, survey_closes=None, starts=STARTS, days=9,
)  # fmt: skip


def test_nothing_is_missing():
    assert lacks(READY) == []
    assert lacks(replace(READY, term_ends=STARTS.date())) == []
    assert lacks(replace(READY, place=False, online=True, questions=None, over=-30)) == []


@pytest.mark.parametrize(
    ("changes", "key", "where", "stops", "minutes"),
    [
        ({"place": False}, "place", "details", True, 0),
        ({"days": -1}, "past", "details", True, 0),
        ({"public": False}, "not_public", "details", True, 0),
        ({"ends": False}, "end", "details", False, 0),
        ({"deadline": False}, "deadline", "details", False, 0),
        ({"term_ends": date(2026, 9, 9)}, "term", "convener", False, 0),
        ({"background": False}, "background", "details", False, 0),
        ({"items": 0}, "agenda", "agenda", False, 0),
        ({"over": 20}, "overrun", "agenda", False, 20),
        ({"overlaps": 10}, "overlap", "agenda", False, 10),
        ({"gaps": 15}, "gap", "agenda", False, 15),
        ({"questions": 0}, "questions", "survey", False, 0),
        ({"survey_closes": datetime(2026, 9, 10, 13, 1)}, "survey_late", "survey", False, 0),
    ],
)
def test_one_thing_is_missing(changes, key, where, stops, minutes):
    assert [(one.key, one.where, one.stops, one.minutes) for one in lacks(replace(READY, **changes))] == [
        (key, where, stops, minutes)
    ]


def test_what_stops_stands_first():
    found = lacks(replace(READY, place=False, items=0, ends=False))
    assert [lack.key for lack in found] == ["place", "end", "agenda"]
