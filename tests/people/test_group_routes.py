"""Helmi keeps the groups and the people in them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.attendance.models import Attendance
from app.people.models import Group, Membership
from tests import cast
from tests.conftest import counting
from tests.people.test_routes import names

TYPED = {
    "name": "Rakenteet arkeen -neuvottelukunta", "name_sv": "Strukturdelegationen", "name_en": "",
    "genitive": "Rakenteet arkeen -neuvottelukunnan", "secretariat_name": "virkamiessihteeristö",
    "secretariat_elative": "virkamiessihteeristöstä", "kind": "Advisory Board", "parent_id": "",
    "term_starts": "2026-01-01", "term_ends": "2027-12-31",
}  # fmt: skip


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("&ensp;", " ")).split())


def test_helmi_adds_a_group(desk, session):
    rm = cast.organisation(session)
    session.commit()
    answer = desk.post("/groups/new", data=TYPED | {"parent_id": rm.id})
    made = session.scalars(select(Group)).one()
    assert answer.headers["location"] == f"/groups/{made.id}"
    assert (made.kind, made.parent_id, made.term_starts) == ("advisory board", rm.id, date(2026, 1, 1))
    assert (made.secretariat_name, made.secretariat_elative) == ("virkamiessihteeristö", "virkamiessihteeristöstä")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Write the group&#39;s official name."),
        ({"name": "VERKOSTO"}, "already a group of this name."),
        ({"term_ends": "2025-12-31"}, "The term ends before it starts."),
        ({"term_ends": "31.12."}, "Write a date"),
        ({"parent_id": "7"}, "Choose one of the options."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, session, typed, sentence):
    cast.group(session, "Verkosto")
    session.commit()
    answer = desk.post("/groups/new", data=TYPED | typed)
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert 'value="Strukturdelegationen"' in answer.text


def test_helmi_changes_a_group(desk, session):
    board = cast.group(session, "Neuvottelukunta")
    session.commit()
    assert desk.post(f"/groups/{board.id}/edit", data=TYPED).headers["location"] == f"/groups/{board.id}"
    session.expire_all()
    assert (board.name, board.term_ends) == (TYPED["name"], date(2027, 12, 31))
    assert 'value="advisory board"' in desk.get(f"/groups/{board.id}/edit").text


def test_the_groups_stand_with_kind_term_chair_and_size(desk, session):
    aarne, otso, saima = (cast.person(session, name) for name in ("Aarne Äijälä", "Otso Orava", "Saima Salo"))
    board = cast.group(session, "Neuvottelukunta", chair=[aarne], member=[otso], expert=[aarne], leaders=[otso, saima])
    board.kind, board.parent_id = "advisory board", cast.organisation(session).id
    board.term_starts, board.term_ends = date(2024, 1, 1), date(2025, 12, 31)
    cast.group(session, "Äänekkäät")
    cast.group(session, "Verkosto")
    session.commit()
    page = desk.get("/groups").text
    assert names(page) == ["Neuvottelukunta", "Verkosto", "Äänekkäät"]
    row = "Neuvottelukunta advisory board RM 1 January 2024–31 December 2025 ended Aarne Äijälä 2"
    assert row in words(page)


@pytest.mark.parametrize("path", ["/groups", "/groups/{board}"])
def test_a_page_asks_the_database_as_often_for_more_rows(desk, session, connection, path):
    aarne = cast.person(session, "Aarne Äijälä")
    board = cast.group(session, "Neuvottelukunta", chair=[aarne])
    cast.invitee(session, cast.event(session, board), aarne, board)
    session.commit()
    with counting(connection) as for_one:
        desk.get(path.format(board=board.id))
    for number in range(2):
        otso = cast.person(session, f"Otso Orava{number}", of=cast.organisation(session, f"o{number}"))
        cast.group(session, f"Verkosto {number}", chair=[otso])
        session.add(Membership(group_id=board.id, person_id=otso.id, role="member", position=number + 1))
        cast.invitee(session, cast.event(session, board), otso, board)
    session.commit()
    with counting(connection) as for_three:
        desk.get(path.format(board=board.id))
    assert len(for_three) == len(for_one)


def test_a_groups_page_tells_its_people_and_events(desk, session):
    aarne, otso, pilvi = (cast.person(session, name) for name in ("Aarne Äijälä", "Otso Orava", "Pilvi Pouta"))
    board = cast.group(session, "Neuvottelukunta", chair=[aarne], member=[otso])
    session.add(Membership(group_id=board.id, person_id=pilvi.id, role="deputy", deputy_for_id=otso.id, position=5))
    network = cast.group(session, "Väylät", leaders=[otso])
    event = cast.event(session, board, title="Syysseminaari")
    cast.invitee(session, event, otso, network)
    session.add(Attendance(event_id=event.id, position=0, person_id=otso.id, family_name="Orava", mode="in_person"))
    session.commit()
    of_board, of_network = (words(desk.get(f"/groups/{it.id}").text) for it in (board, network))
    for row in ("Chair Aarne Äijälä", "Members Otso Orava", "deputy: Pilvi Pouta", "Convenes Event Time Syysseminaari"):
        assert row in of_board
    assert "Syysseminaari 10 September 2026 Otso Orava present" in of_network


def test_a_group_that_has_convened_stays(desk, session):
    board = cast.group(session, "Neuvottelukunta")
    cast.event(session, board)
    session.commit()
    assert "1 event convened" in desk.get(f"/groups/{board.id}/delete").text
    assert desk.post(f"/groups/{board.id}/delete").status_code == 409
    assert session.scalars(select(Group.id)).all() == [board.id]


def test_a_group_without_a_past_is_deleted_with_its_places_but_not_its_people(desk, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Neuvottelukunta", member=[otso])
    session.commit()
    assert "the role of 1 person in it" in desk.get(f"/groups/{board.id}/delete").text
    assert desk.post(f"/groups/{board.id}/delete").headers["location"] == "/groups"
    assert (session.scalars(select(Group)).all(), session.scalars(select(Membership)).all()) == ([], [])
    assert desk.get(f"/people/{otso.id}").status_code == 200
