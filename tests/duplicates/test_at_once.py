"""Two secretaries press at once, and an invitee answers while they do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from sqlalchemy import delete, select

from app.duplicates.merging import merge
from app.errors import Refused
from app.events.models import Event as Convening
from app.invitees.answering import respond
from app.invitees.models import Invitee, Response
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def committed(database):
    """Two records of Otso, both invited, removed afterwards: these tests need transactions that really end."""
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Kahden näppäimen neuvosto"))
        people = [cast.person(session, f"Otso Oja{number}") for number in range(2)]
        invitees = [cast.invitee(session, event, person) for person in people]
    yield [person.id for person in people], [invitee.id for invitee in invitees]
    with database.session() as session:
        session.execute(delete(Convening).where(Convening.id == event.id))
        session.execute(delete(Person).where(Person.family_name.startswith("Oja")))
        session.execute(delete(Group).where(Group.name == "Kahden näppäimen neuvosto"))


def test_of_two_presses_one_merges_and_one_is_told(database, committed):
    people, _invitees = committed
    barrier = Barrier(2)

    def press(order):
        barrier.wait()
        try:
            with database.session() as session:
                merge(session, *order, {})
        except Refused as refused:
            return refused.message.partition(":")[0]
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(press, (people, people[::-1])))
    assert said == ["One of the two is not in the address book any more", "merged"]


def test_an_answer_on_its_way_is_not_lost(database, committed):
    people, invitees = committed
    answered = Event()

    def answer():
        with database.session() as session:
            respond(session, session.get(Invitee, invitees[1]), choice="accepted", source="link", at=NOW)
            answered.set()
            sleep(0.05)  # the other begins, and waits

    def press():
        answered.wait()
        with database.session() as session:
            merge(session, *people, {})

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(answer), pool.submit(press)]:
            act.result()
    with database.session(readonly=True) as session:
        theirs = select(Invitee.id).where(Invitee.person_id == people[0])
        stored = select(Response.invitee_id, Response.choice).where(Response.invitee_id.in_(theirs))
        assert session.execute(stored).all() == [(invitees[0], "accepted")]
