"""Helmi looks through the possible duplicates."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.attendance.models import Attendance
from app.invitees.models import Response
from app.people.models import DistinctPeople, Person, RecipientField
from tests import cast
from tests.conftest import NOW, counting

PATHS = ["/duplicates", "/duplicates?show=distinct", "/duplicates/count", "/duplicates/with/1", "/duplicates/1/2"]


def words(page: str) -> str:
    """What one reads on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main")[0]).split())


@pytest.fixture
def pair(otsos) -> str:
    return f"/duplicates/{otsos.older.id}/{otsos.newer.id}"


def seen(page: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', page).group(1)


def test_a_stranger_is_asked_to_sign_in(client, session):
    assert [client.get(path).headers["location"] for path in PATHS] == [
        f"/sign-in?next={path.partition('?')[0]}" for path in PATHS
    ]


def test_a_stranger_changes_nothing(client, session, otsos, pair):
    acts = ("", "/distinct", "/alike")
    assert {client.post(pair + act).headers["location"] for act in acts} == {"/sign-in?next=/"}
    assert len(session.scalars(select(Person.id)).all()) == 2
    assert session.scalars(select(DistinctPeople.person_id)).all() == []


def test_two_records_of_one_person_are_proposed_with_the_reason(desk, otsos, pair):
    page = desk.get("/duplicates").text
    assert "Aijala Otso rakenneministeriö otso@rm.example Äijälä Otso rakenneministeriö otso@gov.example" in words(page)
    assert "the same name before @, at two domains of one organisation; the same name with other letters" in words(page)
    assert f'href="{pair}"' in page
    assert desk.get("/duplicates/count").text.strip() == "1 possible duplicate"


def test_among_very_many_people_the_link_has_no_number(desk, otsos, monkeypatch):
    monkeypatch.setattr("app.duplicates.queries.MOST_COUNTED", 1)
    assert desk.get("/duplicates/count").text.strip() == "Possible duplicates"


def test_they_are_said_to_be_two_and_that_is_taken_back(desk, otsos, pair):
    assert desk.post(f"{pair}/distinct").headers["location"] == "/duplicates"
    desk.post(f"{pair}/distinct")
    page = desk.get("/duplicates").text
    assert "stay two people, and are not proposed again." in page and f'href="{pair}"' not in page
    assert desk.get("/duplicates/count").text.strip() == "No duplicates found"
    assert f'action="{pair}/alike"' in desk.get("/duplicates?show=distinct").text
    assert "Somebody has said that these are two people." in desk.get(pair).text
    assert desk.post(f"{pair}/alike").headers["location"] == pair
    assert f'href="{pair}"' in desk.get("/duplicates").text


def test_the_fuller_value_is_chosen_beforehand_and_what_is_lost_is_named(desk, otsos, pair):
    page = desk.get(pair).text
    checked = re.findall(r'name="(\w+)" value="(\d+)" checked', page)
    older, newer = str(otsos.older.id), str(otsos.newer.id)
    assert checked == [("family_name", newer), ("email", older), ("title", older), ("unit", newer)]
    assert (
        words(page)
        .partition("What is lost, and cannot be brought back")[2]
        .startswith(
            " Family name: Aijala E-mail: otso@gov.example. Nothing is sent to this address any more. Merge into"
        )
    )


def test_another_choice_says_at_once_what_it_loses(desk, otsos, pair):
    answer = desk.get(f"{pair}?email={otsos.newer.id}", headers={"HX-Request": "true"}).text
    assert answer.strip().startswith('<section class="part" id="outcome"')
    assert "E-mail: otso@rm.example." in answer and "otso@gov.example" not in answer


def test_what_both_have_is_told_before_the_press(desk, session, otsos, pair):
    cast.group(session, "Väylät", member=[otsos.older, otsos.newer])
    for invitee, choice in zip(otsos.invited(session), ("declined", "accepted"), strict=True):
        session.add(Response(invitee_id=invitee.id, choice=choice, source="link", responded_at=NOW))
        mark = {"event_id": otsos.event.id, "position": 0, "family_name": "Äijälä", "mode": "remote"}
        session.add(Attendance(person_id=invitee.person_id, **mark))
    session.commit()
    page = words(desk.get(pair).text)
    assert (
        "Both are in Väylät (member): one place remains. "
        "Both are invited to “Verkostojen iltapäivä”: one invitation remains. "
        "All 2 answers stay; the last one stands: coming (1 September 2026). "
        "Both are on the list of presence of “Verkostojen iltapäivä”: one line remains, and who came has come."
    ) in page.replace("\xa0", " ")


def test_who_sent_themselves_is_told_before_the_press(desk, session, otsos, pair):
    older = cast.invitee(session, otsos.event, otsos.older)
    cast.invitee(session, otsos.event, otsos.newer, substitute_for_id=older.id)
    session.commit()
    assert "At “Verkostojen iltapäivä” one comes in the other&#39;s place" in desk.get(pair).text


def test_helmi_merges_and_reads_what_the_one_person_has(desk, session, otsos, pair):
    cast.group(session, "Väylät", member=[otsos.newer])
    session.commit()
    typed = {"seen": seen(desk.get(pair).text), "email": otsos.newer.id, "family_name": otsos.newer.id}
    answer = desk.post(pair, data=typed)
    assert answer.headers["location"] == f"/people/{otsos.older.id}"
    page = desk.get(answer.headers["location"]).text
    assert "Otso Äijälä is one person now, with all that the two had: 1 place in a group." in page
    session.expire_all()
    held = select(Person.family_name, Person.email, Person.title, Person.unit)
    assert session.execute(held).all() == [("Äijälä", "otso@gov.example", "johtaja", "rakenneosasto")]


def test_nothing_is_merged_that_helmi_has_not_seen(desk, session, otsos, pair):
    before = seen(desk.get(pair).text)
    otsos.newer.email = "otso.aijala@gov.example"
    session.commit()
    answer = desk.post(pair, data={"seen": before, "unit": otsos.newer.id})
    assert answer.status_code == 422
    assert "nothing was merged" in answer.text and "otso.aijala@gov.example" in answer.text
    assert len(session.scalars(select(Person.id)).all()) == 2
    assert desk.post(pair, data={"seen": seen(answer.text)}).status_code == 303


def test_the_second_secretary_is_told_that_it_is_done(desk, session, otsos, pair):
    typed = {"seen": seen(desk.get(pair).text)}
    assert desk.post(pair, data=typed).status_code == 303
    again = desk.post(pair, data=typed)
    assert (again.status_code, "somebody has merged or deleted it" in again.text) == (409, True)
    assert desk.get(pair).status_code == 409


def test_nobody_is_compared_with_themselves(desk, otsos):
    assert desk.get(f"/duplicates/{otsos.older.id}/{otsos.older.id}").status_code == 409


def test_from_a_persons_page_the_other_record_is_found_by_name_or_address(desk, session, otsos, pair):
    pilvi = cast.person(session, "Pilvi Pouta")
    session.commit()
    there = f"/duplicates/with/{otsos.older.id}"
    assert f'href="{there}"' in desk.get(f"/people/{otsos.older.id}").text
    assert f'href="{pair}"' in desk.get(there).text  # looks alike
    assert desk.get(there, params={"person": "otso@gov.example"}).headers["location"] == pair
    assert desk.get(there, params={"person": "Otso Äijälä"}).headers["location"] == pair
    found = desk.get(there, params={"person": "Pilvi Pouta"}).headers["location"]
    assert found == f"/duplicates/{otsos.older.id}/{pilvi.id}"
    nobody = desk.get(there, params={"person": "Kaino"})
    assert (nobody.status_code, nobody.text.count("nobody else of this name")) == (422, 2)
    assert 'value="Kaino"' in nobody.text


def test_the_people_page_leads_to_the_duplicates(desk, otsos):
    assert 'href="/duplicates"' in desk.get("/people").text


@pytest.mark.parametrize("path", ["/duplicates", "/duplicates?show=distinct", "/duplicates/with/{one}"])
def test_a_page_asks_as_often_for_three_pairs_as_for_one(desk, session, connection, path):
    people = [cast.person(session, "Otso Orava", ""), cast.person(session, "Otso Orava", "")]
    session.add(DistinctPeople(person_id=people[0].id, other_id=people[1].id))
    people.append(cast.person(session, "Otso Orava", "", of=cast.organisation(session)))
    session.commit()
    counts = []
    for number in range(2):
        with counting(connection) as statements:
            desk.get(path.format(one=people[0].id))
        counts.append(len(statements))
        more = [
            cast.person(session, "Otso Orava", "", of=cast.organisation(session, f"virasto {it}{number}"))
            for it in "ab"
        ]
        session.add_all(DistinctPeople(person_id=people[0].id, other_id=it.id) for it in more)
        session.commit()
    assert counts[0] == counts[1]


def test_comparing_asks_as_often_for_three_of_everything_as_for_one(desk, session, connection, otsos, pair):
    counts = []
    for number in range(3):
        event = cast.event(session, cast.group(session, f"Ryhmä {number}", member=[otsos.older, otsos.newer]))
        session.add(RecipientField())
        for person in (otsos.older, otsos.newer):
            invitee = cast.invitee(session, event, person)
            session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
        session.commit()
        with counting(connection) as statements:
            desk.get(pair)
        counts.append(len(statements))
    assert counts[0] == counts[2]
