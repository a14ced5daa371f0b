"""Clock times follow from the start and the lengths, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from app.agenda.timetable import by_day, overrun, timetable


@dataclass
class Item:
    minutes: int | None = None
    at: datetime | None = None
    kind: str = "item"


SECTION = Item(kind="section")


def at(clock, day=10, month=9):
    hour, minute = clock.split(".")
    return datetime(2026, month, day, int(hour), int(minute))


def said(slots):
    """Each slot as `13.00–13.15`, then what is wrong with it."""
    out = []
    for slot in slots:
        words = f"{slot.start:%H.%M}–{slot.end:%H.%M}" if slot.end else f"{slot.start:%H.%M}"
        words = f"night {words}" if slot.night else words
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
    "no length, until a fixed start of another day": (
        [Item(), Item(9, at("9.00", 11))],
        ["13.00", "night 09.00–09.09"],
    ),
    "fixed after flowing, as it flows": (
        [Item(60), Item(30, at("14.00")), Item(9)],
        ["13.00–14.00", "14.00–14.30", "14.30–14.39"],
    ),
    "fixed after flowing, later": (
        [Item(60), Item(30, at("14.20")), Item(9)],
        ["13.00–14.00", "14.20–14.50 gap 20", "14.50–14.59"],
    ),
    "fixed after flowing, earlier": (
        [Item(60), Item(30, at("13.40")), Item(9)],
        ["13.00–14.00", "13.40–14.10 overlap 20", "14.10–14.19"],
    ),
    "zero minutes": ([Item(15), Item(0), Item(15)], ["13.00–13.15", "13.15–13.15", "13.15–13.30"]),
    "zero minutes, fixed": (
        [Item(15), Item(0, at("13.30")), Item(15)],
        ["13.00–13.15", "13.30–13.30 gap 15", "13.30–13.45"],
    ),
    "zero minutes first and last": ([Item(0), Item(15), Item(0)], ["13.00–13.00", "13.00–13.15", "13.15–13.15"]),
    "over midnight": ([Item(630), Item(60)], ["13.00–23.30", "23.30–00.30"]),
    "from midnight on": ([Item(660), Item(60)], ["13.00–00.00", "00.00–01.00"]),
    "a gap over midnight": ([Item(630), Item(30, at("0.15", 11))], ["13.00–23.30", "00.15–00.45 gap 45"]),
    "a gap just too short for a night": ([Item(660), Item(30, at("3.59", 11))], ["13.00–00.00", "03.59–04.29 gap 239"]),
    "a night": ([Item(600), Item(30, at("9.00", 11)), Item(5)], ["13.00–23.00", "night 09.00–09.30", "09.30–09.35"]),
    "two nights": (
        [Item(60), Item(60, at("9.00", 11)), Item(60, at("9.00", 12))],
        ["13.00–14.00", "night 09.00–10.00", "night 09.00–10.00"],
    ),
    "a first item on another day than the event": ([Item(60, at("9.00", 11))], ["09.00–10.00"]),
    "a section": ([SECTION, Item(15), SECTION, Item(15)], ["13.00", "13.00–13.15", "13.15", "13.15–13.30"]),
    "a section with a length and a time": (
        [Item(15), Item(99, at("9.00"), "section"), Item(15)],
        ["13.00–13.15", "13.15", "13.15–13.30"],
    ),
    "a section before a fixed item": (
        [Item(15), SECTION, Item(15, at("13.30"))],
        ["13.00–13.15", "13.30", "13.30–13.45 gap 15"],
    ),
    "a section after an item without length": (
        [Item(), SECTION, Item(9, at("13.30"))],
        ["13.00–13.30", "13.30", "13.30–13.39"],
    ),
    "a section over nothing": ([Item(15), SECTION], ["13.00–13.15", "13.15"]),
    "sections alone": ([SECTION, SECTION], ["13.00", "13.00"]),
    "sections where another day begins": (
        [Item(15), SECTION, SECTION, Item(9, at("9.00", 11))],
        ["13.00–13.15", "night 09.00", "09.00", "09.00–09.09"],
    ),
    "only fixed starts": ([Item(at=at("13.00")), Item(at=at("14.10"))], ["13.00–14.10", "14.10–15.00"]),
    "no time at all": ([Item(0), Item(15)], ["13.00–13.00", "13.00–13.15"]),
}


@pytest.mark.parametrize(("items", "slots"), CASES.values(), ids=CASES)
def test_slots(items, slots):
    assert said(timetable(items, at("13.00"), at("15.00"), "Europe/Helsinki")) == slots


@pytest.mark.parametrize(
    ("lengths", "minutes"), [([60, 60], 0), ([60, 80], 20), ([60], -60), ([60, None], 0), ([], None), ([150, None], 30)]
)
def test_overrun(lengths, minutes):
    slots = timetable([Item(n) for n in lengths], at("13.00"), at("15.00"), "Europe/Helsinki")
    assert overrun(slots, at("13.00"), at("15.00"), "Europe/Helsinki") == minutes


def test_an_event_without_an_end_is_never_overrun():
    slots = timetable([Item(600)], at("13.00"), None, "Europe/Helsinki")
    assert overrun(slots, at("13.00"), None, "Europe/Helsinki") is None


@pytest.mark.parametrize(
    ("second_day", "minutes"), [([], None), ([Item(60, at("9.00", 11))], -120), ([Item(200, at("9.00", 11))], 20)]
)
def test_the_night_before_the_last_day_is_no_time_that_is_left(second_day, minutes):
    start, end = at("13.00"), at("12.00", day=11)
    slots = timetable([Item(60), *second_day], start, end, "Europe/Helsinki")
    assert overrun(slots, start, end, "Europe/Helsinki") == minutes


def test_each_day_is_drawn_for_itself_and_begins_with_its_sections():
    items = [SECTION, Item(60), SECTION, Item(60, at("9.00", 11)), Item(60), Item(60, at("9.00", 12))]
    slots = timetable(items, at("13.00"), at("16.00", day=12), "Europe/Helsinki")
    assert by_day(slots) == [[0, 1], [2, 3, 4], [5]]
    assert by_day([]) == []


def test_two_hundred_items_with_breaks_and_fixed_times_over_four_days():
    items = []
    for day in range(10, 14):
        items += [SECTION, Item(10, at("9.00", day)), *[Item(10) for _ in range(47)], Item(30, at("18.00", day))]
    assert len(items) == 200
    slots = timetable(items, at("9.00"), at("18.30", day=13), "Europe/Helsinki")
    assert said(slots[:3]) == ["09.00", "09.00–09.10", "09.10–09.20"]
    assert said(slots[48:53]) == ["16.50–17.00", "18.00–18.30 gap 60", "night 09.00", "09.00–09.10", "09.10–09.20"]
    assert [len(day) for day in by_day(slots)] == [50, 50, 50, 50]
    assert sum(slot.minutes for slot in slots) == 4 * (48 * 10 + 30)
    assert (sum(slot.gap for slot in slots), sum(slot.overlap for slot in slots)) == (240, 0)
    assert overrun(slots, at("9.00"), at("18.30", day=13), "Europe/Helsinki") == 0


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


@pytest.mark.parametrize(
    ("day", "month", "words"),
    [
        # summer time begins at 3.00: the night is an hour shorter, what flows through it skips the hour
        (29, 3, ["22.00–02.30", "02.30–04.30", "04.30–05.30"]),
        # and ends at 4.00: the hour comes twice, and 4.30 only after the second 3.30
        (25, 10, ["22.00–02.30", "02.30–03.30", "03.30–03.30", "04.30–05.00 gap 60"]),
    ],
)
def test_an_evening_that_goes_on_through_the_night_of_a_clock_change(day, month, words):
    items = [Item(270), Item(60), Item(60), *([Item(30, at("4.30", day, month))] if month == 10 else [])]
    assert said(timetable(items, at("22.00", day - 1, month), None, "Europe/Helsinki")) == words


@pytest.mark.parametrize(("zone", "day", "month"), [("Europe/Helsinki", 29, 3), ("America/New_York", 1, 11)])
def test_a_night_with_a_clock_change_is_a_night_like_others(zone, day, month):
    before = datetime(2026, month, day, 18, 0) - timedelta(days=1)
    items = [Item(60), Item(60, datetime(2026, month, day, 9, 0))]
    assert said(timetable(items, before, None, zone)) == ["18.00–19.00", "night 09.00–10.00"]


def test_a_fixed_time_that_the_clock_skips_does_not_stop_the_page():
    slots = timetable([Item(30, at("3.30", day=29, month=3))], at("2.00", day=29, month=3), None, "Europe/Helsinki")
    assert said(slots) == ["04.30–05.00 gap 90"]
