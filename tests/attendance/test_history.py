"""What somebody has been called to."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.attendance.history import coming_events, events_convened_by, events_of_group, events_of_person
from app.attendance.models import Attendance, PresentFor
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
    assert [it.took_part for it in found] == [False]
    assert (events_convened_by(session, board.id), events_convened_by(session, network.id)) == ([second, first], [])


def test_who_was_there_for_a_group_uninvited_took_part_for_it(session, board):
    network, otso = cast.group(session, "Väylät"), cast.person(session, "Otso Orava")
    first, second, third = (cast.event(session, board, starts_at=datetime(2026, month, 1, 9)) for month in (3, 2, 1))
    for event, who, mode in ((first, {"family_name": "Vieras"}, "remote"), (second, {"family_name": "P"}, "absent")):
        line = Attendance(event_id=event.id, position=0, mode=mode, **who)
        line.represents = [PresentFor(position=0, group_id=network.id)]
        session.add(line)
    cast.invitee(session, third, otso, network)
    line = Attendance(event_id=third.id, position=0, person_id=otso.id, family_name="Orava")
    line.represents = [PresentFor(position=0, group_id=network.id)]
    session.add(line)
    session.flush()
    assert [(it.event, it.people, it.walk_ins, it.took_part) for it in events_of_group(session, network.id)] == [
        (first, [], ["Vieras"], True),
        (third, [(otso, "in_person")], [], True),
    ]


def test_what_is_to_come_for_a_group(session, board):
    network, idle, otso = cast.group(session, "Väylät"), cast.group(session, "Muut"), cast.person(session, "Otso Orava")
    past = cast.event(session, board, starts_at=datetime(2026, 8, 1, 9), series="Illat")
    today = cast.event(session, board, starts_at=datetime(2026, 9, 1, 18))
    own = cast.event(session, board, title="Oma")
    elsewhere = cast.event(session, idle, title="Illat jatkuvat", starts_at=datetime(2026, 9, 2), series="Illat")
    for event in (past, today, own, elsewhere):
        cast.invitee(session, event, otso, network)
    found = coming_events(session, date(2026, 9, 1))
    assert {group_id: [it.event_id for it in events] for group_id, events in found.items()} == {
        board.id: [elsewhere.id, own.id],
        network.id: [elsewhere.id, own.id],
        idle.id: [elsewhere.id],
    }
    assert found[idle.id][0].title == "Illat jatkuvat" and found[idle.id][0].day == date(2026, 9, 2)
