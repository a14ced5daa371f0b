"""Calendar entries that Outlook, Google and Apple take for an invitation, judged by libical."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.invitations.ics import Entry, attendee, publish, request
from tests.invitations.calendars import lines, objections

HELSINKI = ZoneInfo("Europe/Helsinki")
ENTRY = Entry(
    uid="7.k3v9m2p4qx01@koolle.example", sequence=0, stamp=datetime(2026, 9, 1, 9, 0, 0, 5, tzinfo=UTC),
    start=datetime(2026, 9, 10, 13, 0, tzinfo=HELSINKI), end=datetime(2026, 9, 10, 15, 0, tzinfo=HELSINKI),
    zone="Europe/Helsinki", summary="Verkostojen iltapäivä", location="Rakennusten talo, Helsinki",
    description="Vastaa tässä:\nhttps://koolle.example/i/abc", url="https://koolle.example/i/abc",
    organiser_name="Sihteeristö", organiser_address="sihteeristo@koolle.example",
    attendee_name="Otso Oksa", attendee_address="otso@rm.example",
)  # fmt: skip


def test_the_request_says_what_it_should_and_nothing_of_others():
    assert lines(request(ENTRY)) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Koolle//Convening//EN", "CALSCALE:GREGORIAN", "METHOD:REQUEST",
        "BEGIN:VTIMEZONE", "TZID:Europe/Helsinki",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19701025T040000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "END:STANDARD", "END:VTIMEZONE",
        "BEGIN:VEVENT", "SUMMARY:Verkostojen iltapäivä", "DTSTART;TZID=Europe/Helsinki:20260910T130000",
        "DTEND;TZID=Europe/Helsinki:20260910T150000", "DTSTAMP:20260901T090000Z",
        "UID:7.k3v9m2p4qx01@koolle.example", "SEQUENCE:0",
        'ATTENDEE;CN="Otso Oksa";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE'
        ":mailto:otso@rm.example",
        r"DESCRIPTION:Vastaa tässä:\nhttps://koolle.example/i/abc", r"LOCATION:Rakennusten talo\, Helsinki",
        "ORGANIZER;CN=Sihteeristö:mailto:sihteeristo@koolle.example", "STATUS:CONFIRMED", "TRANSP:OPAQUE",
        "URL:https://koolle.example/i/abc", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


@pytest.mark.parametrize("make", [request, publish])
@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        replace(ENTRY, end=None, location=""),
        replace(ENTRY, sequence=3, zone="UTC", start=ENTRY.start.astimezone(ZoneInfo("UTC")), end=None),
        replace(ENTRY, attendee_name='Oksa, Otso; "Otsi"', summary='Ä–ö, \\ ; "x" ' * 20, description="ä" * 900),
    ],
    ids=["usual", "no end, no place", "UTC", "long and full of signs"],
)
def test_libical_has_no_objections(make, entry):
    assert objections(make(entry)) == []


@pytest.mark.parametrize(
    ("answered", "status"),
    [
        (None, "NEEDS-ACTION"), ("asked", "NEEDS-ACTION"), ("accepted", "ACCEPTED"), ("declined", "DECLINED"),
        ("tentative", "TENTATIVE"), ("waiting", "TENTATIVE"),
    ],
)  # fmt: skip
def test_an_update_that_asks_nothing_leaves_the_answer_in_the_calendar(answered, status):
    assert attendee(replace(ENTRY, answered=answered)).params["PARTSTAT"] == status


def test_the_judge_objects_to_what_is_wrong():
    without = b"\r\n".join(line for line in request(ENTRY).split(b"\r\n") if not line.startswith(b"ORGANIZER"))
    assert objections(without) != []


def test_the_file_to_add_names_no_attendee():
    assert not any(line.startswith("ATTENDEE") for line in lines(publish(ENTRY)))
    assert "METHOD:PUBLISH" in lines(publish(ENTRY))


@pytest.mark.parametrize(
    ("fold", "written"),
    [(0, "DTSTART;TZID=Europe/Helsinki:20261025T033000"), (1, "DTSTART:20261025T013000Z")],
)
def test_the_second_of_two_equal_times_is_written_in_utc(fold, written):
    start = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=fold)
    entry = replace(ENTRY, start=start, end=datetime(2026, 10, 25, 5, 0, tzinfo=HELSINKI))
    calendar = request(entry)
    assert written in lines(calendar)
    assert objections(calendar) == []


KEYS = {
    "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTENDEE", "DESCRIPTION", "LOCATION", "ORGANIZER",
    "STATUS", "TRANSP", "URL",
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
def test_no_text_breaks_out_of_its_line(summary, description, name):
    entry = replace(ENTRY, summary=summary, description=description, location=summary, attendee_name=name)
    calendar = Calendar.from_ical(request(entry))
    [event] = calendar.walk("VEVENT")
    assert set(event.keys()) <= KEYS
    assert (event["UID"], event["ATTENDEE"]) == (ENTRY.uid, "mailto:otso@rm.example")
