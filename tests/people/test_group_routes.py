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


def places(session, group) -> list[tuple]:
    """Who has which role in a group, and for whom, in order."""
    session.expire_all()
    query = select(Membership).where(Membership.group_id == group.id).order_by(Membership.position)
    return [(it.person_id, it.role, it.deputy_for_id) for it in session.scalars(query)]


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
    aarne, otso = cast.person(session, "Aarne Äijälä"), cast.person(session, "Otso Orava")
    board = cast.group(session, "Neuvottelukunta", chair=[aarne], member=[otso], expert=[aarne], leaders=[otso])
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


def test_helmi_adds_people_by_name_or_address(desk, session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Pouta", "pilvi@rm.example")
    board = cast.group(session, "Neuvottelukunta")
    session.commit()
    answer = desk.post(f"/groups/{board.id}/members", data={"person": "orava otso", "role": "member"})
    assert answer.headers["location"] == f"/groups/{board.id}#members"
    typed = {"person": "Pilvi@rm.example", "role": "deputy", "deputy_for_id": otso.id}
    answer = desk.post(f"/groups/{board.id}/members", data=typed, headers={"HX-Request": "true"})
    assert answer.text.strip().startswith('<section id="members"')
    assert "Pilvi Pouta was added." in answer.text
    assert places(session, board) == [(otso.id, "member", None), (pilvi.id, "deputy", otso.id)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"person": ""}, "Write a name or an e-mail address."),
        ({"person": "Kaino Kukaan"}, "has nobody of this name or address"),
        ({"person": "Otso Orava"}, "called so. Write which one: Otso Orava, a@rm.example; Otso Orava, RM."),
        ({"person": "Aarne Äijälä", "role": "chair"}, "This person has this role in the group already."),
        ({"role": ""}, "Choose the role."),
        ({"role": "king"}, "Choose one of the options."),
        ({"role": "expert", "deputy_for_id": "{aarne}"}, "Only a deputy member comes in somebody&#39;s place."),
        ({"person": "Aarne Äijälä", "role": "deputy", "deputy_for_id": "{aarne}"}, "Nobody is their own deputy."),
        ({"role": "deputy", "deputy_for_id": "999"}, "Choose one of the options."),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused_at_its_field(desk, session, typed, sentence):
    cast.person(session, "Otso Orava", "a@rm.example")
    cast.person(session, "Otso Orava", "", of=cast.organisation(session))
    aarne, pilvi = cast.person(session, "Aarne Äijälä"), cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta", chair=[aarne])
    session.commit()
    sent = {"person": pilvi.name, "role": "member"} | typed
    answer = desk.post(
        f"/groups/{board.id}/members", data={name: value.format(aarne=aarne.id) for name, value in sent.items()}
    )
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert f'value="{sent["person"]}"' in answer.text
    assert places(session, board) == [(aarne.id, "chair", None)]


def test_namesakes_are_told_apart_as_they_are_offered(desk, session):
    cast.person(session, "Otso Orava", "a@rm.example")
    other = cast.person(session, "Otso Orava", "", of=cast.organisation(session))
    board = cast.group(session, "Neuvottelukunta")
    session.commit()
    offered = re.findall(r'option value="([^"]+)"', desk.get("/people/suggestions?person=oravA").text)
    assert offered == ["Otso Orava, a@rm.example", "Otso Orava, RM"]
    desk.post(f"/groups/{board.id}/members", data={"person": offered[1], "role": "member"})
    assert places(session, board) == [(other.id, "member", None)]


def test_members_are_moved_among_their_like(desk, session):
    aarne, otso, pilvi, saima = (
        cast.person(session, name) for name in ("Aarne Äijälä", "Otso Orava", "Pilvi Pouta", "Saima Salo")
    )
    board = cast.group(session, "Neuvottelukunta", member=[otso], chair=[aarne], secretary=[saima])
    last = Membership(group_id=board.id, person_id=pilvi.id, role="member", position=9)
    session.add(last)
    session.commit()

    def order():
        return [person for person, role, _for in places(session, board) if role == "member"]

    path = f"/groups/{board.id}/members/{last.id}/position"
    seen = [order()]
    for direction in ("up", "up", "down", "down"):
        assert desk.post(path, data={"direction": direction}).status_code == 303
        seen.append(order())
    assert seen == [
        [otso.id, pilvi.id], [pilvi.id, otso.id], [pilvi.id, otso.id], [otso.id, pilvi.id], [otso.id, pilvi.id],
    ]  # fmt: skip
    assert len(places(session, board)) == 4


def test_a_place_is_changed_in_place(desk, session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta", member=[otso, pilvi])
    session.commit()
    second = session.scalars(select(Membership).where(Membership.person_id == pilvi.id)).one()
    opened = desk.get(f"/groups/{board.id}?change={second.id}").text
    assert f'action="/groups/{board.id}/members/{second.id}"' in opened and "Add somebody<" not in opened
    path = f"/groups/{board.id}/members/{second.id}"
    refused = desk.post(path, data={"role": "deputy", "deputy_for_id": pilvi.id})
    assert refused.status_code == 422 and f'action="{path}"' in refused.text
    desk.post(path, data={"role": "deputy", "deputy_for_id": otso.id})
    assert places(session, board) == [(otso.id, "member", None), (pilvi.id, "deputy", otso.id)]


def test_a_deputy_of_somebody_who_leaves_is_a_deputy_still(desk, session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta", member=[otso])
    session.add(Membership(group_id=board.id, person_id=pilvi.id, role="deputy", deputy_for_id=otso.id, position=5))
    session.commit()
    first = session.scalars(select(Membership).where(Membership.person_id == otso.id)).one()
    assert desk.post(f"/groups/{board.id}/members/{first.id}/remove").status_code == 303
    assert places(session, board) == [(pilvi.id, "deputy", None)]
    page = words(desk.get(f"/groups/{board.id}").text)
    assert "Otso Orava is no longer in the group." in page and "Deputy members Pilvi Pouta" in page


def test_a_place_of_another_group_is_nowhere(desk, session):
    board = cast.group(session, "Neuvottelukunta", chair=[cast.person(session, "Aarne Äijälä")])
    other = cast.group(session, "Verkosto")
    session.commit()
    place = session.scalars(select(Membership)).one()
    for path in ("", "/position", "/remove"):
        answer = desk.post(f"/groups/{other.id}/members/{place.id}{path}", data={"role": "member"})
        assert answer.status_code == 404
    assert desk.get(f"/groups/{other.id}?change={place.id}").status_code == 404
    assert [role for _person, role, _for in places(session, board)] == ["chair"]


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
