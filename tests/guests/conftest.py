"""The board's event, to which Otso and Elle are invited, and their browsers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from app.events.models import Event
from app.invitees.models import Invitee
from app.links.links import personal_link
from app.links.models import PersonalLink
from tests import cast


@dataclass
class Stage:
    """The event, Otso's and Elle's places, and the path of each one's link."""

    event: Event
    otso: Invitee
    elle: Invitee
    otso_link: str
    elle_link: str


@pytest.fixture
def link(session, settings):
    """Make the path of a person's link."""

    def make(event: Event, person_id: int, purpose: str = "invitation") -> str:
        return urlsplit(personal_link(session, settings, event_id=event.id, person_id=person_id, purpose=purpose)).path

    return make


@pytest.fixture
def stage(session, link) -> Stage:
    saima = cast.person(session, "Saima Salo", "saima@rm.example")
    board = cast.group(session, "Digineuvottelukunta", secretary=[saima])
    network = cast.group(session, "Saavutettavuusverkosto")
    event = cast.event(session, board, online_url="https://kokous.example/digi", rsvp_deadline="2026-09-07")
    otso = cast.invitee(session, event, cast.person(session, "Otso Oksanen", "otso@rm.example"), network)
    elle = cast.invitee(session, event, cast.person(session, "Elle Ek", "elle@rm.example"), position=1)
    links = [link(event, invitee.person_id) for invitee in (otso, elle)]
    session.commit()
    return Stage(event, otso, elle, *links)


@pytest.fixture
def public_id(session):
    """The address that a link leads to: /m/<public id>."""

    def of(invitee: Invitee, purpose: str = "invitation") -> str:
        query = session.query(PersonalLink.public_id).filter_by(event_id=invitee.event_id, person_id=invitee.person_id)
        return query.filter_by(purpose=purpose).scalar()

    return of


@pytest.fixture
def opened(client):
    """Open a link as a browser does, and return the address of its page."""

    def open(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 303
        return answer.headers["location"]

    return open


@pytest.fixture
def answer(client):
    """Send the answer form of a page."""

    def send(page: str, **fields):
        return client.post(f"{page}/answer", data={"public_id": page.rsplit("/", 1)[1], **fields})

    return send
