"""Helmi places people in a group, moves them and takes them out, on the group's page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.people.models import Membership
from tests import cast
from tests.people.test_group_routes import words


def places(session, group) -> list[tuple]:
    """Who has which role in a group, and for whom, in order."""
    session.expire_all()
    query = select(Membership).where(Membership.group_id == group.id).order_by(Membership.position)
    return [(it.person_id, it.role, it.deputy_for_id) for it in session.scalars(query)]


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
        ({"person": "Kaino Kukaan"}, "Nobody in the address book has this name or address"),
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
    offered = re.findall(r'data-fill="([^"]+)"', desk.get("/people/suggestions?person=oravA").text)
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
    assert desk.post(path, data={"role": "member"}).status_code == 303
    desk.post(path, data={"role": "deputy", "deputy_for_id": otso.id})
    assert places(session, board) == [(otso.id, "member", None), (pilvi.id, "deputy", otso.id)]


def test_a_removal_is_asked_about_by_what_is_lost(desk, session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta", member=[otso])
    session.add(Membership(group_id=board.id, person_id=pilvi.id, role="deputy", deputy_for_id=otso.id, position=5))
    session.commit()
    first = session.scalars(select(Membership).where(Membership.person_id == otso.id)).one()
    opened = desk.get(f"/groups/{board.id}?change={first.id}").text
    assert f"?change={first.id}&amp;leaving=1" in opened and f"/members/{first.id}/remove" not in opened
    asked = desk.get(f"/groups/{board.id}?change={first.id}&leaving=1").text
    assert f'action="/groups/{board.id}/members/{first.id}/remove"' in asked
    assert "The role in this group is lost: member." in asked
    assert "Pilvi Pouta remains a deputy member, of nobody in particular." in asked
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
