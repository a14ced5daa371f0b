"""Helmi keeps a person's groups on the person's page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.people.models import Membership
from tests import cast
from tests.conftest import counting


def places(session) -> list[tuple]:
    columns = Membership.group_id, Membership.person_id, Membership.role, Membership.deputy_for_id
    return [tuple(row) for row in session.execute(select(*columns).order_by(Membership.id))]


def test_a_person_is_added_to_a_group_by_its_name(desk, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Väylien neuvottelukunta")
    session.commit()
    (offered,) = re.findall('data-fill="([^"]+)"', desk.get("/groups/suggestions?group=vaylien").text)
    answer = desk.post(f"/people/{otso.id}/places", data={"group": offered, "role": "chair"})
    assert answer.headers["location"] == f"/people/{otso.id}#groups"
    assert places(session) == [(board.id, otso.id, "chair", None)]
    assert "Otso Orava is now in Väylien neuvottelukunta: chair." in desk.get(f"/people/{otso.id}").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"group": ""}, "Write the group&#39;s name."),
        ({"group": "Vieras"}, "No group goes by this name."),
        ({"role": ""}, "Choose the role."),
        ({"role": "king"}, "Choose one of the options."),
        ({"role": "member"}, "This person has this role in the group already."),
        ({"group": "VN"}, "Several groups go by this: Väylien neuvottelukunta; Vesien neuvottelukunta."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, session, typed, sentence):
    otso = cast.person(session, "Otso Orava")
    cast.group(session, "Väylien neuvottelukunta", member=[otso]).name_en = "VN"
    cast.group(session, "Vesien neuvottelukunta").name_en = "VN"
    session.commit()
    sent = {"group": "Väylien neuvottelukunta", "role": "chair"} | typed
    answer = desk.post(f"/people/{otso.id}/places", data=sent)
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert f'value="{sent["group"]}"' in answer.text
    assert len(places(session)) == 1


def test_a_place_is_left_and_a_deputy_stays_for_nobody_in_particular(desk, session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Väylien neuvottelukunta", member=[otso])
    session.add(Membership(group_id=board.id, person_id=pilvi.id, role="deputy", deputy_for_id=otso.id, position=1))
    other = cast.group(session, "Toinen", member=[pilvi])
    session.commit()
    page = desk.get(f"/people/{otso.id}").text
    assert "Otso Orava leaves Väylien neuvottelukunta (member)" in page
    (address,) = re.findall('action="([^"]+/removal)"', page)
    assert desk.post(address.replace(f"people/{otso.id}", f"people/{pilvi.id}")).status_code == 404
    assert desk.post(address).headers["location"] == f"/people/{otso.id}#groups"
    assert places(session) == [(board.id, pilvi.id, "deputy", None), (other.id, pilvi.id, "member", None)]
    assert desk.post(address).status_code == 404


def test_a_persons_page_asks_as_often_for_three_groups_as_for_one(desk, session, connection):
    otso = cast.person(session, "Otso Orava")
    counts = []
    for number in range(3):
        cast.group(session, f"Ryhmä {number}", member=[otso])
        session.commit()
        with counting(connection) as statements:
            desk.get(f"/people/{otso.id}")
        counts.append(len(statements))
    assert counts[0] == counts[2]
