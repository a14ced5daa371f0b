"""Thirty people press a button at the same moment: nobody waits for a thread that somebody holds who waits for them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, func, select

from app.accounts.models import Account
from app.accounts.sessions import sign_in
from app.events.models import Event
from app.invitees.models import Response
from app.links.links import personal_link
from app.mail.models import OutgoingMail
from app.main import create_app
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW, PASSWORD

CROWD = 30


@pytest.fixture
def crowd(database, settings):
    """The application on real transactions, Helmi signed in, and Otso's committed place at an event."""
    app = create_app(settings, database, post=False)
    app.state.note = lambda _request, _session: None  # what is committed to the trail stays for all other tests
    app.state.clock = lambda: NOW
    with database.session() as session:
        cast.account(session)
        _account, token = sign_in(session, cast.HELMI["email"], PASSWORD, NOW)
        event = cast.event(session, cast.group(session, "Ruuhkaneuvosto"))
        invitee = cast.invitee(session, event, cast.person(session, "Otso Ruuhka"))
        link = personal_link(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation")
    with TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False) as client:
        client.cookies.set("session", token)
        yield client, event, invitee, link
    with database.session() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.event_id == event.id))
        session.execute(delete(Event).where(Event.id == event.id))
        session.execute(delete(Person).where(Person.family_name == "Ruuhka"))
        session.execute(delete(Group).where(Group.name == "Ruuhkaneuvosto"))
        session.execute(delete(Account).where(Account.email == cast.HELMI["email"]))


def at_once(press) -> Counter:
    barrier = Barrier(CROWD)

    def one(_):
        barrier.wait()
        return press().status_code

    with ThreadPoolExecutor(CROWD) as windows:
        return Counter(windows.map(one, range(CROWD)))


@pytest.mark.long
def test_everybody_gets_an_answer(crowd):
    client, event, *_ = crowd
    assert at_once(lambda: client.post(f"/events/{event.id}/day/all")) == {303: CROWD}
    assert at_once(lambda: client.get(f"/events/{event.id}")) == {200: CROWD}


@pytest.mark.long
def test_one_answer_of_many_presses_is_kept(crowd, database):
    client, _event, invitee, link = crowd
    page = client.get(link.removeprefix("http://testserver")).headers["location"]
    pressed = {"public_id": page.rpartition("/")[2], "answer": "coming"}
    assert at_once(lambda: client.post(f"{page}/answer", data=pressed)) == {303: CROWD}
    with database.session(readonly=True) as session:
        mine = select(func.count()).select_from(Response).where(Response.invitee_id == invitee.id)
        assert session.scalar(mine) == 1


@pytest.mark.long
def test_one_link_of_many_presses_is_made(crowd, database):
    client, event, *_ = crowd
    with database.session() as session:
        pilvi = cast.invitee(session, session.get(Event, event.id), cast.person(session, "Pilvi Ruuhka"))
    assert at_once(lambda: client.post(f"/events/{event.id}/invitees/{pilvi.id}/link")) == {303: CROWD}


def test_one_invitation_of_many_presses_is_sent(crowd, database):
    client, event, *_ = crowd
    assert at_once(lambda: client.post(f"/events/{event.id}/invitation/send")) == {303: CROWD}
    with database.session(readonly=True) as session:
        sent = select(OutgoingMail.to_name).where(OutgoingMail.event_id == event.id)
        assert session.scalars(sent).all() == ["Otso Ruuhka"]
