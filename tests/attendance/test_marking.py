"""Ticks: equal ones make one line, the last press wins, and what is kept is that of the day."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attendance.expecting import mark_expected
from app.attendance.marking import count_in, mark, unmark, walk_in
from app.attendance.models import Attendance
from app.errors import Invalid
from app.invitees.models import Response
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def event(session):
    return cast.event(session, cast.group(session, "Rakennusneuvosto"))


@pytest.fixture
def otso(session):
    ministry = cast.organisation(session)
    return cast.person(session, "Otso Ojala", of=ministry, title="asiantuntija", unit="Tietoyksikkö")


def modes(session):
    return [(one.name, one.mode) for one in session.scalars(select(Attendance).order_by(Attendance.position))]


def test_an_equal_tick_twice_is_one_line_and_the_last_one_wins(session, event, otso):
    for mode in ("in_person", "in_person", "remote"):
        mark(session, event, otso, mode)
    assert modes(session) == [("Otso Ojala", "remote")]


def test_pressing_again_takes_the_tick_back(session, event, otso):
    mark(session, event, otso, "in_person")
    unmark(session, event, otso)
    unmark(session, event, otso)
    assert modes(session) == []


def test_the_line_keeps_what_was_so_on_the_day(session, event, otso):
    line = mark(session, event, otso, "in_person")
    otso.family_name, otso.title, otso.organisation_id = "Lehto", "johtaja", None
    session.flush()
    assert mark(session, event, otso, "remote") is line
    assert (line.name, line.title, line.unit) == ("Otso Ojala", "asiantuntija", "Tietoyksikkö")
    assert line.organisation_id is not None


@pytest.mark.parametrize(
    ("organisation", "linked", "written"),
    [
        ("RM", True, None),
        ("Rakenneministeriö", True, None),
        ("Rantakylä ry", False, "Rantakylä ry"),
        (None, False, None),
    ],
)
def test_a_walk_in_is_linked_where_the_organisation_is_known(session, event, organisation, linked, written):
    cast.organisation(session)
    line = walk_in(session, event, "Kaino von Outo", organisation)
    assert (line.given_name, line.family_name, line.mode) == ("Kaino", "von Outo", "in_person")
    assert (line.organisation_id is not None, line.organisation_text) == (linked, written)


def test_a_walk_in_is_listed_once_but_namesakes_elsewhere_are_others(session, event):
    walk_in(session, event, "Kaino Outo", "Rantakylä ry")
    with pytest.raises(Invalid):
        walk_in(session, event, "Kaino Outo", "Rantakylä ry")
    walk_in(session, event, "Kaino Outo", None)
    with pytest.raises(Invalid):
        walk_in(session, event, "Kaino Outo", None)
    assert len(modes(session)) == 2


def test_who_said_to_come_is_marked_as_they_said_and_nobody_else(session, event, otso):
    answers = {
        "Otso": {"choice": "accepted", "mode": "in_person"},
        "Pilvi": {"choice": "accepted", "mode": "remote"},
        "Saima": {"choice": "accepted", "mode": None},
        "Veikko": {"choice": "tentative"},
        "Aarne": {"choice": "declined"},
        "Lempi": {"choice": "accepted"},
        "Kaino": None,
    }
    for position, (name, answer) in enumerate(answers.items()):
        person = otso if name == "Otso" else cast.person(session, f"{name} Niemi")
        invitee = cast.invitee(session, event, person, position=position)
        if answer:
            session.add(Response(invitee_id=invitee.id, source="link", responded_at=NOW, **answer))
        if name == "Lempi":
            mark(session, event, person, "excused")
    session.flush()
    assert mark_expected(session, event) == 3
    assert modes(session) == [
        ("Lempi Niemi", "excused"),
        ("Otso Ojala", "in_person"),
        ("Pilvi Niemi", "remote"),
        ("Saima Niemi", "in_person"),
    ]
    assert mark_expected(session, event) == 0


def test_people_may_be_counted_and_not_named(session, event):
    line = count_in(session, event, 24, "Lumijoen koulun oppilasta", "Koulut")
    assert (line.headcount, line.label, line.heading, line.name) == (24, "Lumijoen koulun oppilasta", "Koulut", "")
