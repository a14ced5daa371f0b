"""An online meeting's report names one of the Otsos, or both; then the two become one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attendance.marking import mark
from app.attendance.models import Attendance
from app.attendance.report_keeping import keep_report
from app.attendance.report_taking import take, take_back
from app.attendance.reports import Joined
from app.duplicates.merging import merge
from app.events.queries import event_by_id
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def event(session, otsos):
    return event_by_id(session, otsos.event.id)


@pytest.fixture
def report(session, otsos, event):
    """Named in it are both Otsos by address, one who may be either or Pilvi, and Pilvi herself."""
    pilvi = cast.person(session, "Pilvi Pouta")
    addresses = (otsos.older.email, otsos.newer.email, "", pilvi.email)
    people = [Joined(name="Otso", also="", email=email, kind="person") for email in addresses]
    report = keep_report(session, event, "raportti.csv", people, at=NOW)
    rows = [dict(row) for row in report.rows]
    rows[2] |= {"likely": [otsos.newer.id, pilvi.id, otsos.older.id], "choice": "out"}
    report.rows = rows
    session.flush()
    assert [row["chosen_id"] for row in report.rows] == [otsos.older.id, otsos.newer.id, None, pilvi.id]
    return report


def only(session, report, *places: int) -> None:
    """Leave out all but some rows."""
    report.rows = [row | ({} if place in places else {"choice": "out"}) for place, row in enumerate(report.rows)]
    session.flush()


def presence(session) -> list[tuple]:
    lines = select(Attendance.person_id, Attendance.mode).order_by(Attendance.person_id)
    return [tuple(row) for row in session.execute(lines)]


def test_its_rows_mean_the_one_person(session, otsos, report):
    kept, pilvi = otsos.older.id, report.rows[3]["chosen_id"]
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert [(row["chosen_id"], row["likely"]) for row in report.rows] == [
        (kept, [kept]), (kept, [kept]), (None, [kept, pilvi]), (pilvi, [pilvi]),
    ]  # fmt: skip


def test_a_report_that_was_taken_before_is_taken_back_after(session, otsos, event, report):
    only(session, report, 1)
    take(session, event, report, at=NOW)
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert presence(session) == [(otsos.older.id, "remote")]
    take_back(session, event, report)
    assert presence(session) == []


def test_one_that_is_taken_after_marks_the_one_person_once(session, otsos, event, report):
    merge(session, otsos.older.id, otsos.newer.id, {})
    take(session, event, report, at=NOW)
    assert presence(session) == [(otsos.older.id, "remote"), (report.rows[3]["chosen_id"], "remote")]


@pytest.mark.parametrize("reported", ["older", "newer"])
def test_a_presence_that_somebody_had_marked_of_the_other_is_not_taken_back(session, otsos, event, report, reported):
    only(session, report, ("older", "newer").index(reported), 3)
    take(session, event, report, at=NOW)
    mark(session, event, otsos.newer if reported == "older" else otsos.older, "remote")
    merge(session, otsos.older.id, otsos.newer.id, {})
    take_back(session, event, report)
    assert presence(session) == [(otsos.older.id, "remote")]
