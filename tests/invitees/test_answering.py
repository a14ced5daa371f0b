"""Otso answers, changes his mind, and sends Pilvi in his place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.errors import Invalid
from app.invitees.answering import respond, send_substitute, standing_response
from app.invitees.models import Invitee, Representation, Response
from app.invitees.queries import current_responses, responses_of
from app.invitees.rsvp import MOST_SUBSTITUTES
from app.people.models import Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def otso(session):
    """Otso, invited as the leader of his network."""
    board = cast.group(session, "Digineuvottelukunta")
    network = cast.group(session, "Saavutettavuusverkosto")
    event = cast.event(session, board)
    return cast.invitee(session, event, cast.person(session, "Otso Oksanen"), network, position=3)


def test_a_later_answer_replaces_an_earlier_one_and_the_earlier_stays_as_history(session, otso):
    respond(session, otso, choice="accepted", mode="in_person", comment="Tulen bussilla.", source="link", at=NOW)
    respond(session, otso, choice="accepted", mode="remote", source="phone", at=NOW + timedelta(hours=1))
    assert [(r.choice, r.mode, r.source) for r in responses_of(session, otso.id)] == [
        ("accepted", "remote", "phone"),
        ("accepted", "in_person", "link"),
    ]
    assert current_responses(session, otso.event_id)[otso.id].mode == "remote"


def test_the_same_answer_twice_is_one_answer(session, otso):
    first = respond(session, otso, choice="accepted", mode="in_person", source="link", at=NOW)
    again = respond(session, otso, choice="accepted", mode="in_person", source="link", at=NOW + timedelta(seconds=1))
    assert again.id == first.id
    assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_only_those_who_come_come_somehow(session, otso):
    assert respond(session, otso, choice="declined", mode="remote", source="link", at=NOW).mode is None


def test_otso_sends_pilvi_who_keeps_his_seat_and_his_network(session, otso):
    pilvi = send_substitute(session, otso, name="Pilvi von Essen", email="pilvi@rm.example", source="link", at=NOW)
    person = session.get(Person, pilvi.person_id)
    assert (person.given_name, person.family_name, person.email) == ("Pilvi", "von Essen", "pilvi@rm.example")
    assert (pilvi.event_id, pilvi.position, pilvi.substitute_for_id) == (otso.event_id, otso.position, otso.id)
    bodies = select(Representation.group_id).where(Representation.invitee_id.in_([otso.id, pilvi.id]))
    assert len(session.scalars(bodies).all()) == 2 and len(set(session.scalars(bodies))) == 1
    stands = standing_response(session, otso.id)
    assert (stands.choice, stands.substitute_id) == ("declined", pilvi.id)


def test_sending_pilvi_twice_makes_one_pilvi(session, otso):
    first = send_substitute(session, otso, name="Pilvi Puro", email="pilvi@rm.example", source="link", at=NOW)
    again = send_substitute(session, otso, name="Pilvi Puro", email="PILVI@rm.example", source="link", at=NOW)
    assert first.id == again.id
    assert session.scalar(select(func.count()).select_from(Invitee)) == 2
    assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_somebody_known_is_not_renamed(session, otso):
    known = cast.person(session, "Pilvi Puro", "pilvi@rm.example")
    place = send_substitute(session, otso, name="P. Puro-Lampi", email="Pilvi@rm.example", source="link", at=NOW)
    assert (place.person_id, known.name) == (known.id, "Pilvi Puro")


def test_one_who_is_invited_already_keeps_their_own_place(session, otso):
    pilvi = cast.invitee(session, session.get_one(cast.Event, otso.event_id), cast.person(session, "Pilvi Puro"))
    sent = send_substitute(session, otso, name="Pilvi", email="pilvi.puro@rm.example", source="link", at=NOW)
    assert (sent.id, sent.substitute_for_id) == (pilvi.id, None)


def test_nobody_is_their_own_substitute(session, otso):
    with pytest.raises(Invalid) as refused:
        send_substitute(session, otso, name="Minä", email="OTSO.oksanen@rm.example", source="link", at=NOW)
    assert [place for place, _ in refused.value.problems] == ["substitute_email"]


def test_pilvi_cannot_send_otso_back(session, otso):
    pilvi = send_substitute(session, otso, name="Pilvi Puro", email="pilvi@rm.example", source="link", at=NOW)
    with pytest.raises(Invalid):
        send_substitute(session, pilvi, name="Otso", email="otso.oksanen@rm.example", source="link", at=NOW)


def test_a_link_is_no_way_to_write_to_whomever_one_likes(session, otso):
    for number in range(MOST_SUBSTITUTES):
        send_substitute(session, otso, name="Joku Muu", email=f"joku{number}@rm.example", source="link", at=NOW)
    with pytest.raises(Invalid):
        send_substitute(session, otso, name="Joku Muu", email="vielä@rm.example", source="link", at=NOW)
