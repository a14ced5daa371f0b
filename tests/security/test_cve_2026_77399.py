"""icalendar CVE-2026-77399: an alarm that repeats two thousand million times was counted out.

Here a calendar's alarms are not looked at: a reply is read line by line, for a handful of names.
"""

from __future__ import annotations

import time

import pytest

from app.inbox.calendars import WANTED, calendar_part
from tests.inbox.programs import OTSO, calendar

ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nREPEAT:{}\r\nDURATION:{}\r\nEND:VALARM"


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("repeat", [2**31 - 1, 2**63, -1, "9" * 5_000])
@pytest.mark.parametrize("duration", ["PT1S", "PT0S", "-P1D", "P" + "9" * 4_000 + "D"])
def test_an_alarm_that_repeats_for_ever_costs_nothing(repeat, duration):
    begun = time.process_time()
    read = calendar_part(calendar(event_more=ALARM.format(repeat, duration)))
    assert time.process_time() - begun < 0.2
    assert [one.address for one in read.attendees] == [OTSO] and read.whole


def test_what_is_asked_of_a_calendar():
    assert WANTED == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "ATTENDEE", "COMMENT"}
