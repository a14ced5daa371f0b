"""Whom, and which body, a text in a field means: on both databases."""

from __future__ import annotations

import pytest

from app.errors import Invalid
from app.people.bodies import bodies_called, bodies_offered
from app.people.choosing import choice_words
from app.people.finding import people_called, person_called
from app.people.models import Group, Organisation, Person
from app.people.register import best_people
from tests import cast


@pytest.fixture
def book(session):
    rm = cast.organisation(session, "Rakenneministeriö", "RM", name_sv="strukturministeriet", abbreviation_sv="SM")
    cast.organisation(session, "Sillat ja maantiet", "SM")
    cast.person(session, "Otso Orava", "otso@rm.example", of=rm)
    cast.person(session, "Otso Orava", "", of=rm)
    cast.person(session, "Otso-Pekka Oravainen", "op@rm.example")
    cast.person(session, "Äijä Öhman", "aija_o@rm.example")
    session.add(Person(given_name="Anna Maija", family_name="von Essen", email=None))
    session.add(Person(given_name="", family_name="Pelle", email="pelle@rm.example"))
    session.flush()
    return session


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("otso@RM.example", ["otso@rm.example"]),
        ("Otso Orava <OTSO@rm.example>", ["otso@rm.example"]),
        ("Kuka Vain <otso@rm.example>", ["otso@rm.example"]),
        ("Otso Orava, otso@rm.example", ["otso@rm.example"]),
        ("Otso Orava, RM", [None]),
        ("  otso   orava ", ["otso@rm.example", None]),
        ("Orava Otso", ["otso@rm.example", None]),
        ("Orava, Otso", ["otso@rm.example", None]),
        ("ohman aija", ["aija_o@rm.example"]),
        ("anna maija von essen", [None]),
        ("von Essen Anna Maija", [None]),
        ("Essen Anna Maija von", []),
        ("Maija von Essen", []),
        ("pelle", ["pelle@rm.example"]),
        ("Orava", []),
        ("Otso %", []),
        ("aija%o@rm.example", []),
        ("", []),
        ("<>", []),
    ],
)
def test_whom_a_text_means(book, text, meant):
    assert [person.email for person in people_called(book, text)] == meant


def test_what_is_offered_means_one(book):
    for row in best_people(book, "o", 10):
        assert person_called(book, choice_words(row)).id == row.id


def test_namesakes_are_named_with_what_to_write(book):
    with pytest.raises(Invalid) as refused:
        person_called(book, "Otso Orava")
    assert "Otso Orava, otso@rm.example; Otso Orava, RM." in refused.value.problems[0][1]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("rakenneministerio", ["Rakenneministeriö"]),
        ("STRUKTURMINISTERIET", ["Rakenneministeriö"]),
        ("rm", ["Rakenneministeriö"]),
        ("sm", ["Rakenneministeriö", "Sillat ja maantiet"]),
        ("Rakenne", []),
        ("%", []),
        (" ", []),
    ],
)
def test_which_organisations_go_by_a_text(book, text, called):
    assert [body.name for body in bodies_called(book, Organisation, text)] == called


def test_the_whole_official_name_is_meant_before_anothers_abbreviation(session):
    cast.organisation(session, "Kela", None)
    cast.organisation(session, "Kelluva laituri", "KELA")
    assert [body.name for body in bodies_called(session, Organisation, "kela")] == ["Kela"]


def test_bodies_are_offered_by_their_beginnings_first(session):
    for name in ("Äänikerho", "Siltakerho", "Kerho", "Kerhola"):
        cast.group(session, name)
    assert [row.name for row in bodies_offered(session, Group, "kerh", 3)] == ["Kerho", "Kerhola", "Siltakerho"]
    assert bodies_offered(session, Group, "KERHO", 3) == []
    assert bodies_offered(session, Group, " ", 3) == []
