"""The board's event, to which Otso and Elle are invited, its survey of every kind, and their browsers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from app.events.models import Event
from app.invitees.models import Invitee
from app.links.links import personal_link
from app.links.models import PersonalLink
from app.surveys.models import Survey
from tests import cast
from tests.guests.every_kind import every_kind


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


@pytest.fixture
def survey(session, stage) -> Survey:
    survey = every_kind(session, stage.event, closes_at=datetime(2026, 9, 8, 16, 0))
    session.commit()
    return survey


@pytest.fixture
def page(stage, opened, client):
    client.cookies.set("language", "en")
    return opened(stage.otso_link)


@pytest.fixture
def write(client, page):
    """Post some fields as the page does while they are written; stamp: what the field was made from."""

    def post(fields, **stamps):
        marks = {f"{question}-stamp": mark for question, mark in stamps.items()}
        return client.post(f"{page}/survey/answers", data={"public_id": page.rsplit("/", 1)[1], **fields, **marks})

    return post


@pytest.fixture
def send(client, page):
    """Send the whole form."""

    def post(fields, act="send", **more):
        marks = dict(re.findall(r'name="(q\d+-stamp)" value="(\w*)"', client.get(page).text))
        whole = {"public_id": page.rsplit("/", 1)[1], "act": act, **marks, **fields, **more}
        return client.post(f"{page}/survey", data=whole)

    return post


@pytest.fixture
def anonymous(session, survey) -> Survey:
    survey.anonymous = True
    session.commit()
    return survey
