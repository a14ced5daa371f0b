"""Clock times follow from the start and the lengths, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from app.agenda.timetable import overrun, timetable


@dataclass
class Item:
    minutes: int | None = None
    at: datetime | None = None


def at(clock, day=10, month=9):
    hour, minute = clock.split(".")
    return datetime(2026, month, day, int(hour), int(minute))


def said(slots):
    """Each slot as `13.00–13.15`, then what is wrong with it."""
    out = []
    for slot in slots:
        words = f"{slot.start:%H.%M}–{slot.end:%H.%M}" if slot.end else f"{slot.start:%H.%M}"
        words += f" gap {slot.gap}" if slot.gap else ""
        out.append(words + (f" overlap {slot.overlap}" if slot.overlap else ""))
    return out


CASES = {
    "nothing": ([], []),
    "one after the other": ([Item(15), Item(60), Item(15)], ["13.00–13.15", "13.15–14.15", "14.15–14.30"]),
    "registration before the start": ([Item(30, at("12.30")), Item(15)], ["12.30–13.00", "13.00–13.15"]),
    "a gap before a fixed item": ([Item(15), Item(9, at("13.30"))], ["13.00–13.15", "13.30–13.39 gap 15"]),
    "a gap before the first": ([Item(15, at("13.10"))], ["13.10–13.25 gap 10"]),
    "an overlap with a fixed item": ([Item(45), Item(30, at("13.30"))], ["13.00–13.45", "13.30–14.00 overlap 15"]),
    "a fixed item that fits": ([Item(30), Item(30, at("13.30"))], ["13.00–13.30", "13.30–14.00"]),
    "no length, until the next fixed": ([Item(), Item(30, at("13.30"))], ["13.00–13.30", "13.30–14.00"]),
    "no length, last, until the end": ([Item(60), Item()], ["13.00–14.00", "14.00–15.00"]),
    "no length in the middle": ([Item(60), Item(), Item(15)], ["13.00–14.00", "14.00", "14.00–14.15"]),
    "no length after the end": ([Item(180), Item()], ["13.00–16.00", "16.00"]),
    "only fixed starts": ([Item(at=at("13.00")), Item(at=at("14.10"))], ["13.00–14.10", "14.10–15.00"]),
    "no time at all": ([Item(0), Item(15)], ["13.00–13.00", "13.00–13.15"]),
}  # fmt: skip


@pytest.mark.parametrize(("items", "slots"), CASES.values(), ids=CASES)
def test_slots(items, slots):
    assert said(timetable(items, at("13.00"), at("15.00"), "Europe/Helsinki")) == slots


@pytest.mark.parametrize(
    ("lengths", "minutes"), [([60, 60], 0), ([60, 80], 20), ([60], -60), ([60, None], 0), ([], 0), ([150, None], 30)]
)
def test_overrun(lengths, minutes):
    slots = timetable([Item(n) for n in lengths], at("13.00"), at("15.00"), "Europe/Helsinki")
    assert overrun(slots, at("13.00"), at("15.00"), "Europe/Helsinki") == minutes


def test_an_event_without_an_end_is_never_overrun():
    slots = timetable([Item(600)], at("13.00"), None, "Europe/Helsinki")
    assert overrun(slots, at("13.00"), None, "Europe/Helsinki") == 0


def test_over_midnight():
    slots = timetable([Item(90), Item(60)], at("23.00"), at("1.30", day=11), "Europe/Helsinki")
    assert [slot.end.day for slot in slots] == [11, 11]
    assert said(slots) == ["23.00–00.30", "00.30–01.30"]


def test_when_summer_time_begins_an_hour_is_skipped():
    start = at("2.30", day=29, month=3)
    slots = timetable([Item(60), Item(30)], start, at("5.00", day=29, month=3), "Europe/Helsinki")
    assert said(slots) == ["02.30–04.30", "04.30–05.00"]
    assert [slot.minutes for slot in slots] == [60, 30]
    assert overrun(slots, start, at("5.00", day=29, month=3), "Europe/Helsinki") == 0


def test_when_summer_time_ends_an_hour_comes_twice():
    start, end = at("3.30", day=25, month=10), at("4.30", day=25, month=10)
    slots = timetable([Item(60), Item(30, at("3.45", day=25, month=10))], start, end, "Europe/Helsinki")
    # the fixed 3.45 comes after the first item has ended at the second 3.30
    assert said(slots) == ["03.30–03.30", "03.45–04.15 gap 15"]
    assert [slot.start.utcoffset().total_seconds() / 3600 for slot in slots] == [3, 2]
    assert overrun(slots, start, end, "Europe/Helsinki") == -15


def test_a_fixed_time_that_the_clock_skips_does_not_stop_the_page():
    slots = timetable([Item(30, at("3.30", day=29, month=3))], at("2.00", day=29, month=3), None, "Europe/Helsinki")
    assert said(slots) == ["04.30–05.00 gap 90"]
