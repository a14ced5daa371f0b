"""Two people tick at two doors at once: no tick is lost, doubled, or answered with an error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, select

from app.attendance.marking import mark, unmark, walk_in
from app.attendance.models import Attendance
from app.events.models import Event
from app.events.queries import event_by_id
from app.people.models import Group, Person
from tests import cast

DOORS = 4


@pytest.fixture
def doors(database):
    """A committed event with people, removed afterwards: these tests need transactions that really end."""
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Kahden oven neuvosto"))
        people = [cast.person(session, f"Otso Ovi{n}") for n in range(6)]
    yield event.id, [person.id for person in people]
    with database.session() as session:
        session.execute(delete(Event).where(Event.id == event.id))
        session.execute(delete(Person).where(Person.family_name.startswith("Ovi")))
        session.execute(delete(Group).where(Group.name == "Kahden oven neuvosto"))


def at_once(database, act):
    """Run act(session, door) at every door at the same moment, each in a transaction of its own."""
    barrier = Barrier(DOORS)

    def press(door):
        barrier.wait()
        with database.session() as session:
            act(session, door)

    with ThreadPoolExecutor(DOORS) as pool:
        list(pool.map(press, range(DOORS)))


def lines(database, event_id):
    with database.session(readonly=True) as session:
        query = select(Attendance).where(Attendance.event_id == event_id).order_by(Attendance.position)
        return session.scalars(query).all()


def test_the_same_person_ticked_at_every_door_is_one_line(database, doors):
    event_id, people = doors

    def tick(session, _door):
        for person_id in people:
            mark(session, event_by_id(session, event_id), session.get(Person, person_id), "in_person")

    at_once(database, tick)
    assert sorted(line.person_id for line in lines(database, event_id)) == sorted(people)


def test_different_people_ticked_at_once_are_all_there_in_places_of_their_own(database, doors):
    event_id, people = doors
    at_once(
        database,
        lambda session, door: mark(
            session, event_by_id(session, event_id), session.get(Person, people[door]), "remote"
        ),
    )
    found = lines(database, event_id)
    assert sorted(line.person_id for line in found) == sorted(people[:DOORS])
    assert [line.position for line in found] == list(range(DOORS))


def test_the_same_walk_in_added_at_every_door_is_one_line(database, doors):
    event_id, _people = doors
    refused = []

    def come_in(session, door):
        try:
            walk_in(session, event_by_id(session, event_id), "Kaino Outo", "Rantakylä ry")
        except Exception as error:
            refused.append(type(error).__name__)

    at_once(database, come_in)
    assert [line.name for line in lines(database, event_id)] == ["Kaino Outo"]
    assert refused == ["Invalid"] * (DOORS - 1)


def test_ticking_and_taking_back_at_once_ends_in_one_of_the_two(database, doors):
    event_id, people = doors

    def press(session, door):
        event, person = event_by_id(session, event_id), session.get(Person, people[0])
        mark(session, event, person, "in_person") if door % 2 else unmark(session, event, person)

    for _again in range(5):
        at_once(database, press)
        assert len(lines(database, event_id)) in (0, 1)
