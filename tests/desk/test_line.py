"""The line of an event carries its figures; reading it costs one query, whatever the event holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.agenda.models import AgendaItem
from app.attendance.models import Attendance
from app.desk.line import event_line
from app.invitations.models import Invitation
from app.invitees.models import Response
from app.language import speaking
from tests import cast
from tests.conftest import NOW, counting


@pytest.fixture
def afternoon(session):
    aarne = cast.person(session, "Aarne Aalto")
    board = cast.group(session, "Rakennusneuvosto", chair=[aarne])
    return cast.event(session, board)


def lines(session, event, at=NOW):
    with speaking("en"):
        return [(stage.word, stage.figure, stage.state) for stage in event_line(session, event, at)]


def test_a_new_event_is_being_prepared(session, afternoon):
    assert lines(session, afternoon) == [
        ("Prepare", "no agenda yet", "now"),
        ("Invite", "nobody yet", "later"),
        ("Answers", "–", "later"),
        ("Day", "in 9 days", "later"),
        ("Memo", "not begun", "later"),
        ("Sent", "–", "later"),
    ]


def test_the_last_answer_of_each_counts(session, afternoon):
    otso, pilvi = cast.person(session, "Otso Ojala"), cast.person(session, "Pilvi Pelto")
    for position, person in enumerate((otso, pilvi)):
        invitee = cast.invitee(session, afternoon, person, position=position)
        session.add(Invitation(invitee_id=invitee.id, uid=f"{position}@koolle.example", sent_at=NOW))
        if person is otso:
            for choice in ("accepted", "declined"):
                session.add(Response(invitee_id=invitee.id, choice=choice, source="link", responded_at=NOW))
    session.add(AgendaItem(event_id=afternoon.id, position=0, title="Avaus", minutes=15))
    session.flush()
    assert lines(session, afternoon)[:4] == [
        ("Prepare", "1 agenda item", "done"),
        ("Invite", "2 invited", "done"),
        ("Answers", "1 of 2", "now"),
        ("Day", "in 9 days", "later"),
    ]


def test_people_who_are_only_counted_came_too(session, afternoon):
    session.add(Attendance(event_id=afternoon.id, position=0, given_name="Otso", family_name="Ojala", mode="remote"))
    session.add(Attendance(event_id=afternoon.id, position=1, headcount=12, label="oppilasta"))
    session.add(Attendance(event_id=afternoon.id, position=2, given_name="Pilvi", family_name="Pelto", mode="absent"))
    session.flush()
    at = datetime(2026, 9, 10, 13, 0, tzinfo=UTC)
    assert lines(session, afternoon, at)[3:5] == [("Day", "13 came", "done"), ("Memo", "not begun", "now")]


def test_the_line_costs_one_query(session, connection, afternoon):
    with counting(connection) as empty:
        lines(session, afternoon)
    for position in range(3):
        cast.invitee(session, afternoon, cast.person(session, f"Otso Ojala{position}"), position=position)
    with counting(connection) as full:
        lines(session, afternoon)
    assert (len(empty), len(full)) == (1, 1)


def test_the_page_of_an_event_shows_its_line(signed_in, session, afternoon):
    session.commit()
    page = signed_in.get(f"/events/{afternoon.id}")
    assert page.status_code == 200
    assert f'href="/events/{afternoon.id}/answers" data-stage="answers"' in page.text
    assert signed_in.get("/events/999").status_code == 404
