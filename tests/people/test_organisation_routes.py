"""Helmi keeps the organisations and their official names."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.people.models import Organisation
from tests import cast
from tests.people.test_routes import names

TYPED = {
    "name": "rakenneministeriö", "name_sv": "strukturministeriet", "name_en": "Ministry of Structures",
    "abbreviation": "RM", "abbreviation_sv": "SM", "abbreviation_en": "", "print_as": "name",
}  # fmt: skip


def test_helmi_adds_an_organisation(desk, session):
    answer = desk.post("/organisations/new", data=TYPED)
    made = session.scalars(select(Organisation)).one()
    assert answer.headers["location"] == f"/organisations/{made.id}"
    assert {name: getattr(made, name) for name in TYPED} == TYPED | {"abbreviation_en": None}


def test_organisations_stand_by_name_with_how_many_work_there(desk, session):
    rm = cast.organisation(session)
    cast.organisation(session, "Äänitevirasto", None)
    cast.organisation(session, "Zoologinen laitos", None)
    cast.person(session, "Otso Orava", of=rm)
    session.commit()
    page = desk.get("/organisations").text
    assert names(page) == ["rakenneministeriö", "Zoologinen laitos", "Äänitevirasto"]
    assert page.count('class="number">1</td>') == 1
    assert names(desk.get("/organisations?q=rm").text) == ["rakenneministeriö"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"name": ""}, "official name."), ({"name": "ÄÄNITEVIRASTO"}, "already an organisation of this name.")],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, session, typed, sentence):
    cast.organisation(session, "Äänitevirasto", None)
    session.commit()
    answer = desk.post("/organisations/new", data=TYPED | typed)
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert 'value="strukturministeriet"' in answer.text


def test_helmi_changes_how_it_is_printed(desk, session):
    rm = cast.organisation(session)
    session.commit()
    answer = desk.post(f"/organisations/{rm.id}/edit", data=TYPED)
    assert answer.headers["location"] == f"/organisations/{rm.id}"
    session.expire_all()
    assert (rm.print_as, rm.name_sv) == ("name", "strukturministeriet")


def test_its_page_lists_its_people_and_groups(desk, session):
    rm = cast.organisation(session)
    cast.person(session, "Otso Orava", of=rm)
    cast.person(session, "Kaino Kukaan")
    cast.group(session, "Väylät ja verkot").parent_id = rm.id
    session.commit()
    page = desk.get(f"/organisations/{rm.id}").text
    assert names(page) == ["Orava Otso"]
    assert "Väylät ja verkot" in page


def test_an_organisation_that_somebody_works_for_cannot_be_deleted(desk, session):
    rm = cast.organisation(session)
    cast.person(session, "Otso Orava", of=rm)
    cast.group(session, "Väylät ja verkot").parent_id = rm.id
    session.commit()
    page = desk.get(f"/organisations/{rm.id}/delete").text
    assert "1 person belongs to it" in page and "1 group stands under it" in page
    assert desk.post(f"/organisations/{rm.id}/delete").status_code == 409


def test_an_organisation_of_nobody_is_deleted(desk, session):
    rm = cast.organisation(session)
    session.commit()
    assert "cannot be brought back" in desk.get(f"/organisations/{rm.id}/delete").text
    assert desk.post(f"/organisations/{rm.id}/delete").headers["location"] == "/organisations"
    assert session.scalars(select(Organisation)).all() == []
