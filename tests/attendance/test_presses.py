"""A press counts from when it was made: what arrives late changes nothing that was pressed later."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import delete, select
from starlette.datastructures import FormData

from app.attendance.expecting import mark_expected, unmark_expected
from app.attendance.marking import came, press
from app.attendance.models import Attendance, Mark
from app.attendance.pressing import pressed_at, presses
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitees.models import Response
from app.people.models import Group, Organisation, Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def event(session):
    return cast.event(session, cast.group(session, "Rakennusneuvosto"))


@pytest.fixture
def otso(session):
    return cast.person(session, "Otso Ojala")


def after(seconds: float):
    return NOW + timedelta(seconds=seconds)


def stands(session, event):
    session.expire_all()
    lines = session.execute(select(Attendance.mode).where(Attendance.event_id == event.id)).scalars().all()
    marks = session.execute(select(Mark.mode, Mark.pressed_at).where(Mark.event_id == event.id)).all()
    return lines, [tuple(mark) for mark in marks]


@pytest.mark.parametrize(
    ("pressed", "line", "last"),
    [
        ([(0, "in_person")], ["in_person"], ("in_person", 0)),
        ([(0, "in_person"), (5, "absent")], ["absent"], ("absent", 5)),
        ([(5, "absent"), (0, "in_person")], ["absent"], ("absent", 5)),
        ([(5, None), (0, "in_person")], [], (None, 5)),
        ([(0, "in_person"), (5, None), (3, "remote")], [], (None, 5)),
        ([(5, "remote"), (5, "remote")], ["remote"], ("remote", 5)),
        ([(0, "in_person"), (5, None), (9, "excused"), (5, None), (0, "in_person")], ["excused"], ("excused", 9)),
    ],
)
def test_the_last_press_stands_in_whatever_order_they_arrive(session, event, otso, pressed, line, last):
    for seconds, mode in pressed:
        press(session, event, otso, mode, at=after(seconds), by="Helmi")
    assert stands(session, event) == (line, [(last[0], after(last[1]))])


@pytest.mark.parametrize(
    ("age", "seconds"),
    [("0", 0), ("1500", -1.5), ("1500.7", -1.5), ("", 0), ("-3", 0), ("x", 0), ("９", 0), ("99999999999", -86400)],
)
def test_how_long_ago_a_press_was_is_bounded(age, seconds):
    assert pressed_at(FormData({"age": age}), NOW) == after(seconds)


def test_what_waited_is_read_in_its_order_and_nonsense_left_out():
    posted = FormData([("press", one) for one in ("7:in_person:2000", "x:absent:0", "8::0", "9:gone:0", "7", "::")])
    assert presses(posted, NOW) == [
        (7, "in_person", after(-2)), (8, None, NOW), (9, None, NOW), (7, None, NOW),
    ]  # fmt: skip


def test_a_walk_in_that_comes_twice_is_stored_once_and_a_namesake_is_told(session, event):
    first = came(session, event, "Kaino Outo, Rantakylä ry", key="a" * 20, at=NOW)
    assert came(session, event, "Kaino Outo, Rantakylä ry", key="a" * 20, at=NOW) is first
    with pytest.raises(Invalid):
        came(session, event, "Kaino Outo, Rantakylä ry", key="b" * 20, at=NOW)
    assert stands(session, event) == (["in_person"], [])


@pytest.mark.parametrize(
    ("written", "name", "organisation", "linked"),
    [
        ("Matti Meri, SITU", "Matti Meri", None, True),
        ("Matti Meri, siltatutkimuskeskus", "Matti Meri", None, True),
        ("Matti Meri, jr, Rantakylä ry", "Matti Meri, jr", "Rantakylä ry", False),
        ("Matti Meri,", "Matti Meri", None, False),
        (", SITU", ", SITU", None, False),
        ("Matti Meri", "Matti Meri", None, False),
    ],
)
def test_name_and_organisation_stand_in_one_line(session, event, written, name, organisation, linked):
    session.add(Organisation(name="Siltatutkimuskeskus", abbreviation="SITU"))
    session.flush()
    line = came(session, event, written)
    assert (line.name, line.organisation_text, line.organisation_id is not None) == (name, organisation, linked)


def test_marking_all_is_taken_back_but_for_those_of_whom_somebody_knew_better(session, event):
    people = [cast.person(session, f"Pilvi Pelto{n}") for n in range(4)]
    for position, person in enumerate(people):
        invitee = cast.invitee(session, event, person, position=position)
        session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
    press(session, event, people[0], "excused", at=after(-60))
    assert mark_expected(session, event, NOW) == 3
    # pressed before, sent after: whoever stood at the door knows better than the press that marked all
    press(session, event, people[1], "absent", at=after(-30))
    noted = session.scalars(select(Attendance).where(Attendance.person_id == people[2].id)).one()
    noted.heading = "Kuntien edustajat"
    session.flush()
    assert unmark_expected(session, event, NOW) == 1
    assert unmark_expected(session, event, NOW) == 0
    lines = session.scalars(select(Attendance).order_by(Attendance.position))
    assert [(it.person_id, it.mode) for it in lines] == [
        (people[0].id, "excused"), (people[1].id, "absent"), (people[2].id, "in_person"),
    ]  # fmt: skip


@pytest.fixture
def doors(database):
    """A committed event, removed afterwards: this needs transactions that really end."""
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Neljän oven neuvosto"))
        people = [cast.person(session, f"Otso Porras{n}") for n in range(4)]
    yield event.id, [person.id for person in people]
    with database.session() as session:
        session.execute(delete(Event).where(Event.id == event.id))
        session.execute(delete(Person).where(Person.family_name.startswith("Porras")))
        session.execute(delete(Group).where(Group.name == "Neljän oven neuvosto"))


def test_presses_and_walk_ins_that_come_again_and_late_at_four_doors_at_once(database, doors):
    event_id, people = doors
    modes = ("in_person", None, "remote", "absent", "in_person", "excused")
    sent = [(person, mode, number) for number, mode in enumerate(modes) for person in people]
    walk_ins = [(f"Kaino Outo{n}", f"{n}" * 20) for n in range(3)]

    def at(door):
        chance = Random(door)
        mine = [*sent, *walk_ins]
        chance.shuffle(mine)
        for one in mine:
            with database.session() as session:
                event = event_by_id(session, event_id)
                if len(one) == 2:
                    came(session, event, one[0], key=one[1], at=NOW)
                else:
                    press(session, event, session.get_one(Person, one[0]), one[1], at=after(one[2]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(at, range(4)))
    with database.session(readonly=True) as session:
        lines = session.scalars(select(Attendance).where(Attendance.event_id == event_id)).all()
        assert sorted((it.person_id or 0, it.family_name, it.mode) for it in lines) == sorted(
            [(person, f"Porras{n}", "excused") for n, person in enumerate(people)]
            + [(0, f"Outo{n}", "in_person") for n in range(3)]
        )
