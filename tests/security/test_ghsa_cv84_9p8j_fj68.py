"""icalendar GHSA-cv84-9p8j-fj68: to compare two calendars took twice as long for each level of nesting.

Here a calendar is nested five deep at most, no component of one is compared, and any depth is refused in time.
"""

from __future__ import annotations

import time

import pytest

from app.inbox.calendars import MOST_DEEP, calendar_part
from app.inbox.headers import Unreadable
from tests.inbox.programs import calendar


def nested(depth: int, name: str = "VEVENT") -> str:
    return "\r\n".join([*[f"BEGIN:{name}"] * depth, *[f"END:{name}"] * depth])


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("depth", [MOST_DEEP - 1, 30, 2_000])
@pytest.mark.parametrize("name", ["VEVENT", "VALARM", "VCALENDAR", "X-SILTA"])
def test_what_is_nested_deeper_is_refused_in_time(depth, name):
    begun = time.process_time()
    with pytest.raises(Unreadable):
        calendar_part(calendar(event_more=nested(depth, name)))
    assert time.process_time() - begun < 0.2


def test_what_programs_write_is_nested_less():
    assert calendar_part(calendar(event_more=nested(1, "VALARM"))).whole
