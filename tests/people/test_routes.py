"""Helmi keeps the address book."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.attendance.models import Attendance
from app.invitees.models import Response
from app.people.models import Person
from tests import cast
from tests.conftest import counting


def names(page: str) -> list[str]:
    """The names in a table, in its order."""
    return [re.sub(r"</?b>", "", name) for name in re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', page)]


@pytest.mark.parametrize(
    "path",
    ["/people", "/people/new", "/people/1", "/people/1/edit", "/people/1/delete", "/people/suggestions?person=a",
     "/organisations", "/organisations/new", "/organisations/1", "/organisations/1/edit", "/organisations/1/delete",
     "/groups", "/groups/new", "/groups/1", "/groups/1/edit", "/groups/1/delete", "/search?q=otso"],
)  # fmt: skip
def test_a_stranger_is_asked_to_sign_in(client, session, path):
    assert client.get(path).headers["location"] == f"/sign-in?next={path.partition('?')[0]}"


@pytest.mark.parametrize(
    "path",
    ["/people/new", "/people/1/edit", "/people/1/delete", "/organisations/new", "/organisations/1/edit",
     "/organisations/1/delete", "/groups/new", "/groups/1/edit", "/groups/1/delete", "/groups/1/members",
     "/groups/1/members/1", "/groups/1/members/1/position", "/groups/1/members/1/remove"],
)  # fmt: skip
def test_a_stranger_changes_nothing(client, session, path):
    otso = cast.person(session, "Otso Orava")
    cast.organisation(session)
    cast.group(session, "Väylät", chair=[otso])
    session.commit()
    answer = client.post(path, data={"name": "x", "family_name": "x", "person": "Otso Orava", "role": "expert"})
    assert answer.headers["location"] == "/sign-in?next=/"
    session.expire_all()
    assert session.scalars(select(Person.family_name)).all() == ["Orava"]


def test_people_stand_in_the_order_of_a_register(desk, session):
    for name in ("Otso Öhman", "Otso Åberg", "Otso Äijälä", "Otso Zidbäck", "Pilvi Aalto", "Aino Aalto"):
        cast.person(session, name)
    session.commit()
    page = desk.get("/people").text
    assert names(page) == ["Aalto Aino", "Aalto Pilvi", "Zidbäck Otso", "Åberg Otso", "Äijälä Otso", "Öhman Otso"]
    assert "6 people" in page


def test_the_filter_finds_by_any_part_and_answers_htmx_with_its_block(desk, session):
    rm = cast.organisation(session)
    cast.person(session, "Aarne Äijälä", of=rm)
    cast.person(session, "Otso Orava")
    session.commit()
    page = desk.get("/people?q=aij rakenne", headers={"HX-Request": "true"}).text
    assert page.strip().startswith('<div id="found"')
    assert names(page) == ["Äijälä Aarne"]
    assert "Nobody is found by “kaino”" in desk.get("/people?q=kaino").text


def test_a_long_register_comes_in_pages_that_keep_the_filter(desk, session):
    for number in range(51):
        cast.person(session, f"Otso Orava{number:02}")
    session.commit()
    first = desk.get("/people?q=orava").text
    assert (len(names(first)), "1–50 of 51" in first) == (50, True)
    assert 'href="?q=orava&amp;page=2"' in first
    assert names(desk.get("/people?q=orava&page=2").text) == ["Orava50 Otso"]
    assert names(desk.get("/people?q=orava&page=nonsense").text) == names(first)


@pytest.mark.parametrize("path", ["/people", "/people?q=ora", "/search?q=ora", "/organisations", "/organisations/{rm}"])
def test_a_page_asks_the_database_as_often_for_three_rows_as_for_one(desk, session, connection, path):
    rm = cast.organisation(session, "Oravaministeriö")
    cast.person(session, "Otso Orava", of=rm)
    session.commit()
    with counting(connection) as for_one:
        desk.get(path.format(rm=rm.id))
    for number in range(2):
        cast.person(session, f"Otso Oravainen{number}", of=cast.organisation(session, f"Oravavirasto {number}"))
        cast.person(session, f"Pilvi Oravainen{number}", of=rm)
    session.commit()
    with counting(connection) as for_more:
        desk.get(path.format(rm=rm.id))
    assert len(for_more) == len(for_one)


TYPED = {
    "given_name": " Anna-Maija ", "family_name": "von  Essen", "email": "anna@rm.example", "title": "ylijohtaja",
    "unit": "rakenneosasto", "language": "sv", "organisation": "",
}  # fmt: skip


def test_helmi_adds_a_person(desk, session):
    rm = cast.organisation(session)
    session.commit()
    answer = desk.post("/people/new", data=TYPED | {"organisation": "rm"})
    person = session.scalars(select(Person)).one()
    assert answer.headers["location"] == f"/people/{person.id}"
    assert (person.given_name, person.family_name, person.email) == ("Anna-Maija", "von Essen", "anna@rm.example")
    assert (person.title, person.unit, person.language, person.organisation_id) == (
        "ylijohtaja", "rakenneosasto", "sv", rm.id,
    )  # fmt: skip
    assert "Anna-Maija von Essen was added." in desk.get(answer.headers["location"]).text


def test_another_person_of_the_same_organisation_follows(desk, session):
    rm = cast.organisation(session)
    session.commit()
    answer = desk.post("/people/new", data=TYPED | {"organisation": "Rakenneministeriö", "then": "another"})
    assert answer.headers["location"] == f"/people/new?organisation={rm.id}"
    assert 'value="rakenneministeriö"' in desk.get(answer.headers["location"]).text


def test_an_organisation_that_is_new_is_added_where_helmi_says_so(desk, session):
    cast.organisation(session, "Sillat ja maantiet", "SM")
    cast.organisation(session, "Sisäisten asiain toimisto", "SM")
    session.commit()
    question = desk.post("/people/new", data=TYPED | {"organisation": "Uusi virasto"})
    assert (question.status_code, "Add “Uusi virasto” to the organisations" in question.text) == (422, True)
    both = desk.post("/people/new", data=TYPED | {"organisation": "sm", "add_organisation": "on"})
    assert "Several organisations go by this: Sillat ja maantiet; Sisäisten asiain toimisto." in both.text
    desk.post("/people/new", data=TYPED | {"organisation": "Uusi  virasto", "add_organisation": "on"})
    (person,) = session.scalars(select(Person).options(joinedload(Person.organisation)))
    assert person.organisation.name == "Uusi virasto"
    page = desk.get(f"/people/{person.id}/edit").text
    assert 'name="organisation" value="Uusi virasto"' in page
    desk.post(f"/people/{person.id}/edit", data=TYPED | {"organisation": ""})
    session.expire_all()
    assert person.organisation_id is None


def test_organisations_are_offered_as_one_types(desk, session):
    cast.organisation(session, "Äänitevirasto", "ÄV")
    cast.organisation(session, "Väylävirasto", None)
    session.commit()
    offered = re.findall(r'data-fill="([^"]+)"', desk.get("/organisations/suggestions?organisation=av").text)
    assert offered == ["Äänitevirasto", "Väylävirasto"]
    cast.person(session, "Otso Orava", "otso@rm.example")
    cast.person(session, "Otso Oravainen", "toinen@rm.example")
    session.commit()
    asked = [desk.get(f"/people/suggestions?person={text}").text for text in ("otso o", "orava otso")]
    assert [page.count("data-fill") for page in asked] == [2, 0]  # what means one already needs no choosing
    assert desk.get("/organisations/suggestions?organisation=").text.strip() == ""


def test_two_people_may_have_no_address_but_not_the_same_one(desk, session):
    cast.person(session, "Otso Orava", "otso@rm.example", of=cast.organisation(session))
    cast.person(session, "Pilvi Pouta", "")
    session.commit()
    assert desk.post("/people/new", data=TYPED | {"email": ""}).status_code == 303
    answer = desk.post("/people/new", data=TYPED | {"email": "OTSO@RM.example"})
    assert answer.status_code == 422
    assert "Otso Orava, rakenneministeriö has this address already." in answer.text
    assert session.scalar(select(func.count()).select_from(Person)) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"family_name": " "}, "Write at least the family name."),
        ({"email": "anna(at)rm.example"}, "This is not an e-mail address."),
        ({"email": "anna@rm.example\r\nBcc: kaino@evil.example"}, "This is not an e-mail address."),
        ({"language": "xx"}, "Choose one of the options."),
        ({"organisation": "Tuntematon"}, "No organisation goes by this name."),
        ({"title": "x" * 201}, "This is too long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, session, typed, sentence):
    answer = desk.post("/people/new", data=TYPED | typed)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2  # in the list on top and at the field
    assert 'value="rakenneosasto"' in answer.text
    assert session.scalars(select(Person)).all() == []


def test_helmi_changes_a_person_who_keeps_the_address(desk, session):
    otso = cast.person(session, "Otso Orava", "otso@rm.example")
    session.commit()
    assert 'value="otso@rm.example"' in desk.get(f"/people/{otso.id}/edit").text
    answer = desk.post(f"/people/{otso.id}/edit", data=TYPED | {"email": "Otso@rm.example"})
    assert answer.headers["location"] == f"/people/{otso.id}"
    session.expire_all()
    assert (otso.name, otso.email) == ("Anna-Maija von Essen", "Otso@rm.example")
    assert desk.post(f"/people/{otso.id}/edit", data=TYPED | {"family_name": ""}).status_code == 422
    session.expire_all()
    assert otso.name == "Anna-Maija von Essen"


def test_a_persons_page_tells_groups_events_answers_and_presence(desk, session):
    otso, aarne = cast.person(session, "Otso Orava"), cast.person(session, "Aarne Äijälä")
    verkko = cast.group(session, "Väylät ja verkot", leaders=[otso])
    event = cast.event(session, cast.group(session, "Neuvottelukunta", chair=[aarne]), title="Syysseminaari")
    guest = cast.invitee(session, event, otso, verkko)
    session.add(
        Response(
            invitee_id=guest.id, choice="accepted", mode="remote", source="link", responded_at=datetime.now(UTC)
        )
    )  # fmt: skip
    session.add(Attendance(event_id=event.id, position=0, person_id=otso.id, family_name="Orava", mode="excused"))
    session.commit()
    page = desk.get(f"/people/{otso.id}").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Syysseminaari 10 September 2026 Väylät ja verkot online sent apologies" in words
    assert "Väylät ja verkot leader Take out" in words


def test_a_persons_page_asks_as_often_for_three_events_as_for_one(desk, session, connection):
    otso, verkko = cast.person(session, "Otso Orava"), cast.group(session, "Väylät ja verkot")
    board = cast.group(session, "Neuvottelukunta", member=[otso])
    counts = []
    for _round in range(3):
        cast.invitee(session, cast.event(session, board), otso, verkko, cast.organisation(session, f"o{_round}"))
        session.commit()
        with counting(connection) as statements:
            desk.get(f"/people/{otso.id}")
        counts.append(len(statements))
    assert counts[0] == counts[2]


def test_nobody_is_at_an_unknown_number(desk, session):
    assert [desk.get(f"/people/{number}").status_code for number in ("99", "9" * 30, "-1", "x")] == [404] * 4


def test_who_is_referred_to_cannot_be_deleted_and_the_page_says_by_what(desk, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Neuvottelukunta", member=[otso], leaders=[otso])
    cast.invitee(session, cast.event(session, board), otso)
    session.commit()
    page = desk.get(f"/people/{otso.id}/delete").text
    assert "2 places in groups" in page and "1 invitation" in page
    assert '<form method="post"' not in page.partition("<main")[2].partition("</main")[0]
    assert desk.post(f"/people/{otso.id}/delete").status_code == 409
    assert session.scalars(select(Person.id)).all() == [otso.id]


def test_who_is_not_referred_to_is_deleted_after_a_question_that_names_what_is_lost(desk, session):
    otso = cast.person(session, "Otso Orava", "otso@rm.example", title="johtava asiantuntija")
    session.commit()
    question = desk.get(f"/people/{otso.id}/delete").text
    assert "otso@rm.example" in question and "johtava asiantuntija" in question
    assert session.scalars(select(Person.id)).all() == [otso.id]
    answer = desk.post(f"/people/{otso.id}/delete")
    assert answer.headers["location"] == "/people"
    assert session.scalars(select(Person.id)).all() == []


def test_a_name_is_text_and_nothing_else(desk, session):
    cast.person(session, "<script>alert(1)</script> <img src=x onerror=alert(1)>")
    session.commit()
    for path in ("/people", "/search?q=script", "/people/suggestions?person=script"):
        assert "<script>alert" not in desk.get(path).text
