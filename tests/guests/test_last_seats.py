"""Fifty people answer at the same moment that they come, and there are ten seats."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select

from app.events.models import Event
from app.events.queries import event_by_id
from app.invitees.models import Invitee, Offer
from app.invitees.queries import current_responses
from app.invitees.seating import room_of
from app.links.links import address_of, link_of
from app.mail.models import OutgoingMail
from app.main import create_app
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW

CROWD, SEATS = 50, 10


@pytest.fixture
def crowd(database, settings):
    """The application on real transactions; yields it, the event's id, and each one's public id and token."""
    app = create_app(settings, database, post=False)
    app.state.note = lambda _request, _session: None  # what is committed to the trail stays for all other tests
    app.state.clock = lambda: NOW
    links = []
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Täysi neuvosto"), capacity=SEATS)
        for place in range(CROWD):
            who = cast.person(session, f"Otso Tungos{place}")
            cast.invitee(session, event, who, position=place)
            link = link_of(session, settings, event_id=event.id, person_id=who.id, purpose="invitation")
            links.append((link.public_id, address_of(settings, link).rpartition("/")[2]))
    with TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False) as client:
        yield client, event.id, links
    with database.session() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.event_id == event.id))
        session.execute(delete(Event).where(Event.id == event.id))
        session.execute(delete(Person).where(Person.family_name.startswith("Tungos")))
        session.execute(delete(Group).where(Group.name == "Täysi neuvosto"))


def at_once(client, links, answer: str) -> Counter:
    barrier = Barrier(len(links))

    def press(link):
        public_id, token = link
        barrier.wait()
        posted = {"public_id": public_id, "answer": answer}
        return client.post(f"/m/{public_id}/answer", data=posted, headers={"Cookie": f"g_{public_id}={token}"})

    with ThreadPoolExecutor(len(links)) as windows:
        return Counter(answer.status_code for answer in windows.map(press, links))


def choices(database, event_id) -> dict[int, str]:
    with database.session(readonly=True) as session:
        rows = session.execute(select(Invitee.id, Invitee.position).where(Invitee.event_id == event_id))
        places = dict(rows.all())
        return {places[id]: one.choice for id, one in current_responses(session, event_id).items()}


@pytest.mark.long
def test_ten_get_a_seat_and_whoever_gives_one_up_makes_room_for_one(crowd, database):
    client, event_id, links = crowd
    assert at_once(client, links, "coming") == {303: CROWD}
    given = choices(database, event_id)
    assert Counter(given.values()) == {"accepted": SEATS, "waiting": CROWD - SEATS}
    seated = [links[place] for place, choice in given.items() if choice == "accepted"]
    assert at_once(client, seated, "declined") == {303: SEATS}
    with database.session(readonly=True) as session:
        room = room_of(session, event_by_id(session, event_id))
        offers = session.scalars(select(Offer.invitee_id).join(Invitee).where(Invitee.event_id == event_id)).all()
        first = [one.id for one in sorted(room.waiting, key=lambda one: (one.since, one.id))][:SEATS]
        assert (room.taken, len(offers), set(offers)) == (SEATS, SEATS, set(first))
