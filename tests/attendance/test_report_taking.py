"""An online meeting's report is kept, chosen row by row, taken, and taken back."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.attendance.marking import mark, press, walk_in
from app.attendance.models import Attendance, Report
from app.attendance.report_keeping import choose, keep_report
from app.attendance.report_taking import take, take_back
from app.attendance.reports import read_report
from app.errors import Invalid, Refused
from app.events.queries import event_by_id
from tests import cast
from tests.attendance import report_files
from tests.conftest import NOW, counting


class Meeting:
    """Otso, Pilvi and Rauha are invited; the report names them, and a telephone."""

    def __init__(self, session):
        self.session = session
        ministry = cast.organisation(session)
        network = cast.group(session, "Siltaverkosto")
        self.event = event_by_id(session, cast.event(session, network).id)
        self.people = {}
        for place, name in enumerate(("Otso Orava", "Pilvi Puro", "Rauha Ranta")):
            self.people[name] = cast.person(session, name, of=ministry)
            cast.invitee(session, self.event, self.people[name], network, position=place)

    def keep(self, text: str = report_files.TEAMS_EN) -> Report:
        starts, ends = self.event.starts_at, self.event.ends_at
        people = read_report(text, starts, ends, self.event.time_zone)
        return keep_report(self.session, self.event, "raportti.csv", people, at=NOW)

    def presence(self) -> dict[str, tuple]:
        rows = self.session.scalars(select(Attendance).where(Attendance.event_id == self.event.id))
        return {row.name: (row.mode, clock(row.arrived_at), clock(row.left_at)) for row in rows}


def clock(value: datetime | None) -> str | None:
    return value.strftime("%H:%M") if value else None


@pytest.fixture
def meeting(session):
    return Meeting(session)


def test_what_somebody_has_said_of_a_line_since_stays_when_the_report_is_taken_back(meeting):
    report = meeting.keep()
    others = [place for place, row in enumerate(report.rows) if row["choice"] != "person"]
    choose(meeting.session, report, {place: ("out", None) for place in others})
    take(meeting.session, meeting.event, report, at=NOW)
    lines = {row.name: row for row in meeting.session.scalars(select(Attendance))}
    assert set(lines) == {"Otso Orava", "Pilvi Puro"}
    press(meeting.session, meeting.event, meeting.people["Otso Orava"], "remote", at=NOW)
    take_back(meeting.session, meeting.event, report)
    assert set(meeting.presence()) == {"Otso Orava"}


def test_each_row_has_a_proposal_and_nobody_is_marked(meeting):
    report = meeting.keep()
    ids = {name: person.id for name, person in meeting.people.items()}
    assert [(row["choice"], row["chosen_id"], row["why"], row["likely"]) for row in report.rows] == [
        ("person", ids["Otso Orava"], "email", [ids["Otso Orava"]]),
        ("person", ids["Pilvi Puro"], "name", [ids["Pilvi Puro"]]),
        ("", None, None, [ids["Rauha Ranta"]]),
        ("out", None, None, []),
    ]
    assert meeting.presence() == {}


def test_who_is_chosen_is_marked_online_with_what_they_missed(session, meeting):
    report = meeting.keep()
    choose(session, report, {2: ("person", meeting.people["Rauha Ranta"].id), 3: ("walk_in", None)})
    assert take(session, meeting.event, report, at=NOW) == 4
    assert meeting.presence() == {
        "Otso Orava": ("remote", None, None),
        "Pilvi Puro": ("remote", "13:20", None),
        "Rauha Ranta": ("remote", None, "14:35"),
        "+358 40 *** **12": ("remote", None, None),
    }
    assert report.taken_at == NOW


def test_a_row_without_a_choice_is_asked_for(session, meeting):
    report = meeting.keep()
    with pytest.raises(Invalid) as refusal:
        take(session, meeting.event, report, at=NOW)
    assert [field for field, _sentence in refusal.value.problems] == ["choice-2"]
    assert (meeting.presence(), report.taken_at) == ({}, None)


def test_who_is_marked_in_person_stays_so_and_a_noted_time_stands(session, meeting):
    mark(session, meeting.event, meeting.people["Otso Orava"], "in_person")
    noted = datetime(2026, 9, 10, 13, 30)
    mark(session, meeting.event, meeting.people["Pilvi Puro"], "remote", arrived_at=noted)
    mark(session, meeting.event, meeting.people["Rauha Ranta"], "excused")
    report = meeting.keep()
    choose(session, report, {2: ("person", meeting.people["Rauha Ranta"].id)})
    assert take(session, meeting.event, report, at=NOW) == 2
    after = {
        "Otso Orava": ("in_person", None, None),
        "Pilvi Puro": ("remote", "13:30", None),
        "Rauha Ranta": ("remote", None, "14:35"),
    }
    assert meeting.presence() == after
    take_back(session, meeting.event, report)
    assert meeting.presence() == after | {"Rauha Ranta": ("excused", None, None)}


def test_a_taken_report_is_taken_back_but_for_what_was_changed_since(session, meeting):
    report = meeting.keep()
    choose(session, report, {2: ("out", None), 3: ("walk_in", None)})
    take(session, meeting.event, report, at=NOW)
    mark(session, meeting.event, meeting.people["Pilvi Puro"], "absent")
    take_back(session, meeting.event, report)
    session.flush()
    assert meeting.presence() == {"Pilvi Puro": ("absent", "13:20", None)}
    assert (report.taken_at, [row["choice"] for row in report.rows]) == (None, ["person", "person", "out", "walk_in"])
    assert take(session, meeting.event, report, at=NOW) == 3


@pytest.mark.parametrize("whose", ["another event's", "another person's", "somebody's by name"])
def test_a_line_that_is_not_what_the_report_made_is_left_alone(session, meeting, whose):
    """A line was taken off the list by hand, and another one is found by its number since."""
    report = meeting.keep(report_files.ZOOM_UNIQUE)
    take(session, meeting.event, report, at=NOW)
    place = next(place for place, row in enumerate(report.rows) if row["chosen_id"] == meeting.people["Otso Orava"].id)
    event = meeting.event
    if whose == "another event's":
        event = event_by_id(session, cast.event(session, cast.group(session, "Tieneuvosto")).id)
        other = mark(session, event, meeting.people["Otso Orava"], "remote")
    elif whose == "another person's":
        other = mark(session, event, cast.person(session, "Kaino Kivi"), "remote")
    else:
        other = walk_in(session, event, "Kaino Kivi", mode="remote")
    rows = [dict(row) for row in report.rows]
    rows[place]["done"] = {"line_id": other.id, "before": None, "after": rows[place]["done"]["after"]}
    report.rows = rows
    session.flush()
    take_back(session, meeting.event, report)
    session.flush()
    left = session.scalars(select(Attendance.id).where(Attendance.id == other.id)).all()
    assert (left, report.taken_at) == ([other.id], None)


def test_two_rows_of_one_person_are_one_presence(session, meeting):
    report = meeting.keep()
    rauha = meeting.people["Rauha Ranta"].id
    choose(session, report, {2: ("person", rauha), 3: ("person", rauha)})
    take(session, meeting.event, report, at=NOW)
    assert meeting.presence()["Rauha Ranta"] == ("remote", None, None)  # the telephone stayed to the end


def test_a_report_is_taken_once_and_not_changed_while_it_is(session, meeting):
    report = meeting.keep(report_files.ZOOM_UNIQUE)
    take(session, meeting.event, report, at=NOW)
    for act in (lambda: take(session, meeting.event, report, at=NOW), lambda: choose(session, report, {})):
        with pytest.raises(Refused):
            act()


def test_a_person_who_is_no_more_is_asked_for_again(session, meeting):
    report = meeting.keep(report_files.ZOOM_UNIQUE)
    choose(session, report, {0: ("person", 999_999)})
    with pytest.raises(Invalid) as refusal:
        take(session, meeting.event, report, at=NOW)
    assert [field for field, _sentence in refusal.value.problems] == ["choice-0"]


def test_keeping_a_report_asks_as_much_for_many_as_for_one(session, connection, meeting):
    many = "Name,Email,Total duration (minutes)\n" + "".join(f"Nimi N{n},n{n}@else.example,5\n" for n in range(200))
    counts = []
    for text in (many, report_files.ZOOM_UNIQUE):
        with counting(connection) as run:
            meeting.keep(text)
        counts.append(len(run))
    assert counts == [3, 3]


def sent(browser, event, content: bytes, name: str = "raportti.csv"):
    return browser.post(f"/events/{event.id}/day/reports", files={"file": (name, content, "text/csv")})


def test_the_secretary_brings_a_report_chooses_comes_back_and_takes_it(session, meeting, signed_in):
    session.commit()
    page = sent(signed_in, meeting.event, report_files.TEAMS_EN.encode("utf-16")).headers["location"]
    text = signed_in.get(page).text
    assert (text.count("<select"), "12.58–15.01" in text, "97 min" in text) == (4, True, True)
    assert signed_in.post(page, data={"action": "take"}).status_code == 422
    quietly = signed_in.post(page, data={"choice-3": "walk_in"}, headers={"HX-Request": "true"})
    assert (quietly.status_code, quietly.headers.get("hx-redirect")) == (204, None)
    wrong = signed_in.post(page, data={"choice-2": "", "other-2": "Kuka Lie", "action": "save"})
    assert wrong.status_code == 422 and "Kuka Lie" in wrong.text
    taken = signed_in.post(page, data={"choice-2": "out", "other-2": "Rauha Ranta", "action": "take"})
    assert taken.status_code == 303
    session.expire_all()
    assert sorted(meeting.presence()) == ["+358 40 *** **12", "Otso Orava", "Pilvi Puro", "Rauha Ranta"]
    assert "<select" not in signed_in.get(page).text
    assert signed_in.post(page + "/undo").status_code == 303
    assert meeting.presence() == {}
    assert signed_in.post(page + "/removal").status_code == 303
    assert signed_in.get(page).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tätä läsnäoloraporttia"),
        (b"%PDF-1.7", "Tätä läsnäoloraporttia"),
        (b"x" * 4_000_001, "liian suuri"),
        ("Name\tJoin Time\n".encode("utf-16"), "ei ole ketään"),
    ],
)
def test_a_file_that_is_no_report_is_refused_at_its_field(session, meeting, signed_in, content, words):
    session.commit()
    answer = sent(signed_in, meeting.event, content)
    assert answer.status_code == 422 and words in answer.text
    assert session.scalars(select(Report)).all() == []


def test_a_report_of_another_event_is_not_found(session, meeting, signed_in):
    other = cast.event(session, cast.group(session, "Tieneuvosto"))
    report = meeting.keep()
    session.commit()
    for way in ("", "/undo", "/removal"):
        page = f"/events/{other.id}/day/reports/{report.id}{way}"
        assert (signed_in.post(page) if way else signed_in.get(page)).status_code == 404
