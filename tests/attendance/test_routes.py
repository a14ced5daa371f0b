"""Helmi at the door: finds, ticks, takes back, adds who came besides, and notes who left early."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from app.attendance.marking import count_in, mark
from app.attendance.models import Attendance
from app.invitees.models import Response
from tests import cast
from tests.conftest import NOW, counting

HTMX = {"HX-Request": "true"}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(session):
    board = cast.group(session, "Rakennusneuvosto", chair=[cast.person(session, "Aarne Aalto")])
    made = cast.event(session, board)
    session.commit()
    return made


@pytest.fixture
def otso(session, event):
    person = cast.person(session, "Otso Ojala", of=cast.organisation(session))
    invitee = cast.invitee(session, event, person, cast.group(session, "Tietoverkosto", leaders=[person]))
    session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
    session.commit()
    return person


@pytest.fixture
def pilvi(session, event):
    person = cast.person(session, "Pilvi Ääri")
    cast.invitee(session, event, person, position=1)
    session.commit()
    return person


def shown(page):
    return re.findall(r'<div class="tick-who">\s*<b>([^<]+)</b>', page.text)


def count(page):
    return (
        re.search(r'id="day-count"[^>]*>(.*?)</p>', page.text, re.S)[1].replace("<small>", "").replace("</small>", "")
    )


def only(session):
    return session.scalars(select(Attendance)).one()


def test_a_stranger_is_asked_to_sign_in(client, event):
    path = f"/events/{event.id}/day"
    assert client.get(path).headers["location"] == f"/sign-in?next={path}"
    assert client.post(f"{path}/walk-ins", data={"name": "Kaino"}).status_code == 303


def test_one_press_ticks_and_another_takes_it_back(signed_in, session, event, otso):
    path = f"/events/{event.id}/day"
    answer = signed_in.post(f"{path}/people/{otso.id}", data={"mode": "in_person"})
    assert answer.headers["location"] == f"{path}#person-{otso.id}"
    assert only(session).mode == "in_person"
    page = signed_in.get(path, headers=ENGLISH)
    assert count(page).split() == ["1", "has", "come,", "1", "invited"]
    # the pressed button says so, and gives back nothing
    pressed = re.search(rf'id="person-{otso.id}-in_person" name="mode" value="([^"]*)" aria-pressed="true"', page.text)
    assert pressed[1] == ""
    signed_in.post(f"{path}/people/{otso.id}", data={"mode": ""})
    assert session.scalars(select(Attendance)).all() == []


def test_with_htmx_the_row_and_the_count_come_back(signed_in, event, otso, pilvi):
    page = signed_in.post(f"/events/{event.id}/day/people/{pilvi.id}", data={"mode": "remote"}, headers=HTMX | ENGLISH)
    assert page.status_code == 200
    assert shown(page) == ["Pilvi Ääri"]
    assert count(page).split() == ["1", "has", "come,", "2", "invited;", "1", "online"]


def test_people_are_found_by_name_organisation_and_group(signed_in, session, event, otso, pilvi):
    cast.person(session, "Otso Outo")
    session.commit()
    path = f"/events/{event.id}/day"
    assert shown(signed_in.get(path)) == ["Otso Ojala", "Pilvi Ääri"]
    for words in ("ojal", "rm", "tietoverk", "OTSO tieto"):
        assert shown(signed_in.get(path, params={"q": words}))[:1] == ["Otso Ojala"], words
    assert shown(signed_in.get(path, params={"q": "ääri"})) == ["Pilvi Ääri"]
    # somebody of the address book who is not invited can be ticked as well
    assert shown(signed_in.get(path, params={"q": "otso"}, headers=HTMX)) == ["Otso Ojala", "Otso Outo"]


def test_filters_count_and_show(signed_in, session, event, otso, pilvi):
    mark(session, event, otso, "in_person")
    mark(session, event, pilvi, "excused")
    count_in(session, event, 12, "oppilasta")
    session.commit()
    path = f"/events/{event.id}/day"
    assert count(signed_in.get(path, headers=ENGLISH)).split()[0] == "13"
    for show, names in {
        "all": ["Otso Ojala", "12 oppilasta", "Pilvi Ääri"],
        "present": ["Otso Ojala", "12 oppilasta"],
        "away": ["Pilvi Ääri"],
        "waiting": [],
        "others": ["12 oppilasta"],
        "nonsense": ["Otso Ojala", "12 oppilasta", "Pilvi Ääri"],
    }.items():
        assert sorted(shown(signed_in.get(path, params={"show": show}))) == sorted(names), show


def test_a_walk_in_is_added_in_one_line(signed_in, session, event):
    path = f"/events/{event.id}/day/walk-ins"
    page = signed_in.post(path, data={"name": "Kaino Outo, Rantakylä ry"}, headers=HTMX)
    assert (page.status_code, shown(page)) == (200, ["Kaino Outo"])
    again = signed_in.post(path, data={"name": "Kaino Outo, Rantakylä ry"})
    assert again.status_code == 422
    assert 'id="field-name-error"' in again.text
    assert 'value="Kaino Outo, Rantakylä ry"' in again.text
    assert signed_in.post(path, data={"name": " "}).status_code == 422
    refused = signed_in.post(path, data={"name": "Kaino Outo, Rantakylä ry"}, headers=HTMX | ENGLISH)
    assert (refused.status_code, refused.text) == (422, "Kaino Outo is on the list already.")
    assert (only(session).name, only(session).organisation_text) == ("Kaino Outo", "Rantakylä ry")


@pytest.mark.parametrize(
    ("written", "known"),
    [("Pilvi Ääri, pilvi.aari@rm.example", True), ("pilvi.aari@rm.example", True), ("Pilvi Ääri", False),
     ("Ääri Pilvi", False), ("Pilvi Ääri, Rantakylä ry", False)],
)  # fmt: skip
def test_who_comes_uninvited_is_who_was_picked_and_never_a_namesake(signed_in, session, event, written, known):
    pilvi = cast.person(session, "Pilvi Ääri")
    session.commit()
    assert signed_in.post(f"/events/{event.id}/day/walk-ins", data={"name": written}, headers=HTMX).status_code == 200
    assert only(session).person_id == (pilvi.id if known else None)


def test_people_are_counted_in(signed_in, session, event):
    path = f"/events/{event.id}/day/counted"
    for wrong in ({"headcount": "", "label": "oppilasta"}, {"headcount": "0", "label": "x"}, {"headcount": "3"}):
        assert signed_in.post(path, data=wrong).status_code == 422
    signed_in.post(path, data={"headcount": "24", "label": "oppilasta", "heading": "Koulut"})
    assert (only(session).headcount, only(session).label, only(session).heading) == (24, "oppilasta", "Koulut")


def test_all_who_said_to_come_are_marked_after_asking(signed_in, session, event, otso, pilvi):
    path = f"/events/{event.id}/day/all"
    page = signed_in.get(path, headers=ENGLISH)
    assert "Mark 1 person as present?" in page.text
    assert "Otso Ojala" in page.text and "Pilvi" not in page.text
    assert session.scalars(select(Attendance)).all() == []
    door = signed_in.post(path).headers["location"]
    assert door.startswith(f"/events/{event.id}/day?marked=")
    assert only(session).person_id == otso.id


def test_what_is_noted_of_one_person(signed_in, session, event, otso, pilvi):
    line = mark(session, event, otso, "in_person")
    session.commit()
    path = f"/events/{event.id}/day/lines/{line.id}"
    noted = {
        "arrived": "13:15", "left": "14.30", "role": "expert", "deputy_for": "Pilvi Ääri", "heading": "Asiantuntijat",
        "title": "johtaja",
    }  # fmt: skip
    answer = signed_in.post(path, data=noted)
    assert answer.headers["location"] == f"/events/{event.id}/day#person-{otso.id}"
    session.expire_all()
    assert (line.arrived_at, line.left_at) == (datetime(2026, 9, 10, 13, 15), datetime(2026, 9, 10, 14, 30))
    assert (line.role, line.deputy_for_id, line.heading) == ("expert", pilvi.id, "Asiantuntijat")
    page = signed_in.get(path)
    for typed in (
        'value="13:15"',
        'value="14:30"',
        'value="expert" selected',
        'value="Pilvi Ääri, pilvi.aari@rm.example"',
    ):
        assert typed in page.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrived": "14:00", "left": "13:59"}, "left"),
        ({"arrived": "kolmelta"}, "arrived"),
        ({"role": "owner"}, "role"),
        ({"deputy_for": "Ei Kukaan"}, "deputy_for"),
        ({"deputy_for": "otso.ojala@rm.example"}, "deputy_for"),
    ],
)
def test_impossible_notes(signed_in, session, event, otso, changes, field):
    line = mark(session, event, otso, "in_person")
    session.commit()
    page = signed_in.post(f"/events/{event.id}/day/lines/{line.id}", data=changes)
    assert page.status_code == 422
    assert f'id="field-{field}-error"' in page.text


def test_a_line_is_taken_off_and_another_events_line_is_not_there(signed_in, session, event, otso):
    line = mark(session, event, otso, "in_person")
    other = cast.event(session, cast.group(session, "Toinen"))
    session.commit()
    assert signed_in.post(f"/events/{other.id}/day/lines/{line.id}/removal").status_code == 404
    assert signed_in.get(f"/events/{other.id}/day/lines/{line.id}").status_code == 404
    signed_in.post(f"/events/{event.id}/day/lines/{line.id}/removal")
    assert session.scalars(select(Attendance)).all() == []
    assert signed_in.post(f"/events/{event.id}/day/people/999", data={"mode": "remote"}).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_three(signed_in, session, connection, event, otso):
    counts = []
    for n in range(3):
        person = cast.person(session, f"Pilvi Pelto{n}", of=cast.organisation(session, f"Virasto {n}", f"V{n}"))
        cast.invitee(session, event, person, cast.group(session, f"Verkosto {n}"), position=n + 1)
        mark(session, event, person, "in_person")
        mark(session, event, cast.person(session, f"Saima Suo{n}"), "remote")
        session.commit()
        with counting(connection) as statements:
            assert len(shown(signed_in.get(f"/events/{event.id}/day"))) == 3 + 2 * n
        counts.append(len(statements))
    assert counts[0] == counts[1] == counts[2] <= 17
