"""Who was in an online meeting, out of reports of each tool in three languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.attendance.report_routes import text_of
from app.attendance.report_tables import MOST_LETTERS, NoReport
from app.attendance.report_times import Way, covered, read_time, seconds_of
from app.attendance.reports import Joined, called, read_report
from tests.attendance import report_files

STARTS, ENDS, ZONE = datetime(2026, 9, 10, 13, 0), datetime(2026, 9, 10, 15, 0), "Europe/Helsinki"


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-09-10T{clock}")


def joined(name, first, last, minutes, **more) -> Joined:
    return Joined(name, first=at(first), last=at(last), minutes=minutes, **more)


OTSO = {"email": "otso.orava@rm.example"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            report_files.TEAMS_EN,
            [
                joined("Otso Orava", "12:58:03", "15:01:00", 123, **OTSO),
                joined("Pilvi Puro", "13:20:30", "15:00:10", 100, also="TKV", email="pilvi.puro@tkv.example"),
                joined("Rauha R.", "12:59:00", "14:35:40", 97),
                joined("+358 40 *** **12", "13:00:00", "15:00:00", 120, kind="phone"),
            ],
        ),
        (
            report_files.TEAMS_FI,
            [
                joined("Orava Otso", "12:58:03", "15:01:00", 123, **OTSO),
                joined("Ville Vaara", "13:00:00", "13:45:00", 45),
            ],
        ),
        (
            report_files.TEAMS_SV,
            [
                joined("Gunilla Grön", "12:58:03", "15:01:00", 123, email="gunilla@rm.example"),
                joined("Sven Sund", "13:10:00", "14:10:00", 60),
            ],
        ),
        (
            report_files.TEAMS_FLAT,
            [
                joined("Otso Orava", "12:58:03", "15:00:03", 112),
                joined("Pilvi Puro", "12:59:00", "14:59:00", 120),
                joined("Kaino Kivi", "13:00:00", "15:00:00", 120),  # still there when the report was taken
            ],
        ),
        (report_files.TEAMS_FLAT_FI, [joined("Otso Orava", "12:58:03", "14:58:03", 120)]),
        (
            report_files.ZOOM,
            [
                joined("Otso Orava", "12:58:00", "15:00:00", 122, **OTSO),  # two devices at once count once
                joined("iPad", "13:00:00", "15:00:00", 120, also="Pilvi Puro"),
                Joined("Ville Vaara", kind="lobby"),
                joined("Otter.ai Notetaker", "13:00:00", "15:00:00", 120, kind="machine"),
            ],
        ),
        (report_files.ZOOM_UNIQUE, [Joined("Otso Orava", minutes=122, **OTSO), Joined("Pilvi Puro", minutes=45)]),
    ],
    ids=["teams", "teams in Finnish", "teams in Swedish", "flat", "flat in Finnish", "zoom", "zoom's unique users"],
)
def test_a_report_of_each_tool_is_read(text, people):
    assert read_report(text, STARTS, ENDS, ZONE) == people
    assert read_report(text.replace("\n", "\r\n"), STARTS, ENDS, ZONE) == people


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_a_report_is_read_in_each_encoding(encoding):
    content = report_files.TEAMS_SV.encode(encoding)
    assert [one.name for one in read_report(text_of(content), STARTS, ENDS, ZONE)] == ["Gunilla Grön", "Sven Sund"]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("9/10/26, 12:58:03 PM", at("12:58:03")),
        ("9/10/26, 12:58:03\N{NARROW NO-BREAK SPACE}PM", at("12:58:03")),
        ("10/09/2026 12:58", at("12:58:00")),
        ("10.9.2026 klo 12.58.03", at("12:58:03")),
        ("10.9.2026 12.58", at("12:58:00")),
        ("2026-09-10T09:58:03Z", at("12:58:03")),
        ("2026-09-10 09:58:03", at("12:58:03")),  # of UTC, since that is nearer
        ("2026-09-10T12:58:03+03:00", at("12:58:03")),
        ("9/10/2026, 9:58:03 AM", at("12:58:03")),
        ("10.9.2026 12.58.03 ip.", at("12:58:03")),
        ("2/11/2026 12:58", None),  # of another day, whichever way it is read
        ("yesterday", None),
        ("99/99/2026 12:58", None),
        ("10.9.2026 25.61", None),
    ],
)
def test_the_event_decides_what_a_time_means(written, first):
    text = f"Name\tJoin Time\tLeave Time\nOtso Orava\t{written}\t\n"
    [otso] = read_report(text, STARTS, ENDS, ZONE)
    assert otso.first == first


@pytest.mark.parametrize(
    ("join", "leave", "first"),
    [
        ("2026-09-10 12:58", "2026-09-10 15:01", "12:58"),
        ("2026-09-10 12:00", "2026-09-10 13:10", "12:00"),  # left early; of UTC it would be as near
        ("2026-09-10 09:58", "2026-09-10 12:01", "12:58"),
        ("2026-09-10 11:30", "2026-09-10 15:40", "11:30"),
    ],
)
def test_the_clock_is_the_local_one_unless_utc_fits_clearly_better(join, leave, first):
    [otso] = read_report(f"Name\tJoin Time\tLeave Time\nOtso Orava\t{join}\t{leave}\n", STARTS, ENDS, ZONE)
    assert otso.first == at(first)


def test_a_time_of_the_morning_may_be_of_an_event_in_the_night():
    assert read_time("9/10/26, 12:05:00 AM", Way("mdy", False), ZONE) == datetime(2026, 9, 10, 0, 5)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2h 2m 57s", 7377), ("2 t 2 min 57 s", 7377), ("2 tim 2 min", 7320), ("02:02:57", 7377), ("45", 2700),
        ("1 h", 3600), ("57s", 57), ("", None), ("long", None), ("3 days", None), ("²", None),
    ],
)  # fmt: skip
def test_durations_are_read(text, seconds):
    assert seconds_of(text) == seconds


def test_what_is_covered_twice_counts_once():
    stays = [(at("13:00"), at("14:00")), (at("13:30"), at("13:40")), (at("14:30"), at("15:00"))]
    assert covered(stays) == 90 * 60


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Orava, Otso", ("Otso Orava", "")),
        ("Orava Otso (RM)", ("Orava Otso", "RM")),
        ("Ville Vaara (Vieras)", ("Ville Vaara", "")),
        ("Sven Sund (Gäst)", ("Sven Sund", "")),
        ("Ville Vaara (RM) (Guest)", ("Ville Vaara", "RM")),
        ("iPad (Pilvi Puro)", ("iPad", "Pilvi Puro")),
        ("(nimetön)", ("(nimetön)", "nimetön")),
        ("Orava, Otso, RM", ("Orava, Otso, RM", "")),
    ],
)
def test_a_written_name_is_parted(written, name):
    assert called(written) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_table"),
        ("Hei,\nkiitos kokouksesta", "no_table"),
        ("Nimi;Organisaatio\nOtso Orava;RM", "no_table"),
        ("Name\tJoin Time\tLeave Time\n", "nobody"),
        ("x" * (MOST_LETTERS + 1), "too_large"),
        ("Name\tJoin Time\n" + "Otso Orava\t9/10/26, 1:00 PM\n" * 10_001, "too_many"),
        ("Name\tJoin Time\n" + "".join(f"Otso O{n}\t\n" for n in range(1_001)), "too_many"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(text, code):
    with pytest.raises(NoReport) as refusal:
        read_report(text, STARTS, ENDS, ZONE)
    assert refusal.value.code == code


CELLS = st.sampled_from(
    ["Name", "Join Time", "Leave Time", "Duration", "Email", "User Action", "Timestamp", "9/10/26, 1:00 PM", "2h 5m",
     "31.12.9999 klo 23.59", "0001-01-01T00:00:00+14:00", '"', "(", "2. Participants", "Otso Orava (Guest)",
     "a@b.example", ""]
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS | st.text(max_size=20), max_size=7), max_size=12)
TEXTS = st.builds(lambda rows, mark: "\n".join(mark.join(row) for row in rows), TABLES, st.sampled_from("\t,;"))


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(TEXTS | st.text(), st.binary(max_size=60))
def test_any_text_is_read_or_refused(text, noise):
    for one in (text, f"Name\tJoin Time\tLeave Time\tDuration\n{text}"):
        try:
            assert all(person.name for person in read_report(one, STARTS, ENDS, ZONE))
        except NoReport as refusal:
            assert refusal.code
    try:
        read_report(text_of(noise), STARTS, None, ZONE)
    except NoReport:
        pass
