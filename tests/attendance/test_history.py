"""What somebody has been called to."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.attendance.history import events_convened_by, events_of_group, events_of_person
from app.attendance.models import Attendance
from app.invitees.models import Response
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def board(session):
    return cast.group(session, "Rakennusneuvosto")


def answer(session, invitee, choice, substitute=None):
    session.add(
        Response(
            invitee_id=invitee.id, choice=choice, source="link", responded_at=NOW,
            substitute_id=substitute.id if substitute else None,
        )
    )  # fmt: skip
    session.flush()


def test_the_last_event_comes_first_with_answer_and_presence(session, board):
    otso, network, virasto = (
        cast.person(session, "Otso Orava"),
        cast.group(session, "Väylät"),
        cast.organisation(session),
    )
    early = cast.event(session, board, starts_at=datetime(2026, 3, 4, 9), ends_at=None)
    late = cast.event(session, board)
    answer(session, cast.invitee(session, early, otso, virasto, network), "accepted")
    cast.invitee(session, late, otso)
    session.add(Attendance(event_id=early.id, position=0, person_id=otso.id, mode="remote"))
    session.flush()
    assert [(it.event, it.represents, it.standing, it.presence) for it in events_of_person(session, otso.id)] == [
        (late, [], "silent", None),
        (early, [virasto, network], "coming", "remote"),
    ]


def test_who_walked_in_was_not_invited(session, board):
    otso, event = cast.person(session, "Otso Orava"), cast.event(session, board)
    session.add(Attendance(event_id=event.id, position=0, person_id=otso.id, mode="in_person"))
    session.flush()
    assert [(it.standing, it.presence) for it in events_of_person(session, otso.id)] == [(None, "in_person")]


def test_a_substitute_stands_as_the_one_who_sent_them_has_answered(session, board):
    otso, pilvi, event = (
        cast.person(session, "Otso Orava"),
        cast.person(session, "Pilvi Pouta"),
        cast.event(session, board),
    )
    sender = cast.invitee(session, event, otso)
    sent = cast.invitee(session, event, pilvi, substitute_for_id=sender.id)
    answer(session, sender, "declined", sent)
    answer(session, sent, "accepted")

    def standings():
        return [events_of_person(session, person.id)[0].standing for person in (otso, pilvi)]

    assert standings() == ["substitute", "coming"]
    answer(session, sender, "accepted")
    assert standings() == ["coming", "withdrawn"]


def test_a_group_knows_who_came_for_it_and_what_it_convened(session, board):
    otso, pilvi, network = (
        cast.person(session, "Otso Orava"),
        cast.person(session, "Pilvi Pouta"),
        cast.group(session, "V"),
    )
    first, second = cast.event(session, board), cast.event(session, board)
    for position, person in enumerate((pilvi, otso)):
        cast.invitee(session, first, person, network, position=position)
    cast.invitee(session, second, otso, board)
    session.add(Attendance(event_id=first.id, position=0, person_id=otso.id, mode="absent"))
    session.flush()
    found = events_of_group(session, network.id)
    assert [(it.event, it.people) for it in found] == [(first, [(pilvi, None), (otso, "absent")])]
    assert (events_convened_by(session, board.id), events_convened_by(session, network.id)) == ([second, first], [])
