"""What the installation has already is matched: people by address, the rest by name; and only what is told changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from sqlalchemy import func, select

from app.distribution.fields import load_terms
from app.distribution.recipients import Term
from app.errors import Invalid
from app.eventfiles.exporting import export_event
from app.people.models import DistributionList, Group, Membership, Organisation, Person
from tests import cast
from tests.eventfiles.cases import SMALL, import_document, small


def with_book(**book: Any) -> dict[str, Any]:
    return copy.deepcopy(SMALL) | book


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_a_person_is_known_by_the_address_however_it_is_written(session):
    otso = cast.person(session, "Otso Oras", "OTSO@silta.example", title="sillanvartija", language="sv")
    imported = import_document(session, small())
    assert "matched person Otso Oras <OTSO@silta.example>" in imported.lines
    assert (otso.title, otso.language) == ("sillanvartija", "sv")


def test_a_namesake_is_somebody_else(session):
    cast.person(session, "Otso Oras", "otso@muu.example")
    cast.person(session, "Pilvi Pouta", "")
    imported = import_document(session, small())
    assert imported.lines[:3] == [
        "created person Otso Oras <otso@silta.example>",
        "created person Pilvi Pouta <pilvi@silta.example>",
        "created person Urho Uoti",
    ]


def test_people_without_an_address_are_the_same_by_name_and_organisation(session):
    silta = cast.organisation(session, "Siltayhdistys", "SY")
    kept = cast.person(session, "Urho Uoti", "", of=silta)
    document = with_book(people=[*SMALL["people"], {"name": "urho uoti", "organisation": "SY"}])
    imported = import_document(session, document)
    assert [line for line in imported.lines if "Urho" in line] == [
        "matched person Urho Uoti",
        "created person Urho Uoti",
    ]
    assert session.scalars(select(Person).where(Person.organisation_id == silta.id)).all() == [kept]


def test_only_keys_that_are_there_change_and_the_change_is_told(session):
    ministry = cast.organisation(session, "rakenneministeriö", "RM", name_sv="strukturministeriet")
    otso = cast.person(session, "Otso Oras", "otso@silta.example", title="vartija", unit="yksikkö")
    people = [
        {"name": "Otso Orava", "email": "otso@silta.example", "title": "", "organisation": "RM"},
        *SMALL["people"][1:],
    ]
    document = with_book(people=people, organisations=[{"name": "Rakenneministeriö", "print_as": "name"}])
    imported = import_document(session, document)
    assert imported.lines[:2] == [
        "changed organisation rakenneministeriö: print_as: abbreviation → name",
        "changed person Otso Oras <otso@silta.example>: family_name: Oras → Orava; title: vartija → –; "
        "organisation: – → rakenneministeriö",
    ]
    assert (otso.family_name, otso.title, otso.unit, otso.organisation_id) == ("Orava", None, "yksikkö", ministry.id)
    assert ministry.name_sv == "strukturministeriet"


def test_a_name_written_whole_does_not_divide_a_known_one_anew(session):
    otso = Person(given_name="Otso", family_name="Oras Salmela", email="otso@silta.example")
    session.add(otso)
    session.flush()
    people = [{"name": "Otso Oras Salmela", "email": "otso@silta.example"}, *SMALL["people"][1:]]
    imported = import_document(session, with_book(people=people))
    assert imported.lines[0] == "matched person Otso Oras Salmela <otso@silta.example>"
    assert otso.given_name == "Otso"


def test_members_that_are_listed_replace_those_that_were(session):
    aarne = cast.person(session, "Aarne Aho")
    group = cast.group(session, "Siltaverkosto", chair=[aarne], leaders=[aarne])
    imported = import_document(session, small())
    assert "matched group Siltaverkosto" not in imported.lines
    assert "changed group Siltaverkosto: members: 1 → 1" in imported.lines
    rows = session.scalars(select(Membership).where(Membership.group_id == group.id).order_by(Membership.position))
    assert [(row.role, row.person_id == aarne.id) for row in rows] == [("chair", False), ("leader", True)]


def test_lists_match_by_name_and_hold_what_the_file_says(session):
    document = with_book(lists=[{"name": "Kaikki", "entries": [{"person": "otso@silta.example"}]}])
    import_document(session, document)
    document["lists"][0] = {"name": "kaikki", "entries": [{"text": "Kirjaamo"}]}
    imported = import_document(session, document)
    assert "changed list Kaikki: entries: 1 → 1" in imported.lines
    kept = session.scalars(select(DistributionList)).one()
    assert load_terms(session, kept.field_id) == (Term("text", text="Kirjaamo"),)


def test_a_list_of_the_file_must_not_close_a_ring_through_lists_that_are_there(session):
    import_document(session, with_book(lists=[{"name": "A", "entries": []}, {"name": "B", "entries": [{"list": "A"}]}]))
    with pytest.raises(Invalid) as refusal:
        import_document(session, with_book(lists=[{"name": "A", "entries": [{"list": "B"}]}]))
    assert refusal.value.problems == [("lists[0].entries[0].list", "the list would hold itself: A → b → A")]


def test_references_reach_what_only_the_installation_has(session):
    ministry = cast.organisation(session)
    aarne = cast.person(session, "Aarne Aho", of=ministry)
    urho = cast.person(session, "Urho Uoti", "", of=ministry)
    board = cast.group(session, "Rakenneneuvosto", chair=[aarne])
    event = {
        "title": "Ilta", "convener": "rakenneneuvosto", "starts_at": "2026-09-10T13:00",
        "invitees": [
            {"person": "AARNE.AHO@rm.example", "represents": ["RM", "Rakenneneuvosto"]},
            {"person": {"name": "Urho Uoti", "organisation": "rm"}},
        ],
    }  # fmt: skip
    imported = import_document(session, {"format": "koolle-event/1", "event": event})
    assert imported.lines == ["created event Ilta"]
    invitees = export_event(session, imported.event_id).document["event"]["invitees"]
    assert invitees == [
        {"person": "aarne.aho@rm.example", "represents": ["RM", "Rakenneneuvosto"], "answer": "none"},
        {"person": {"name": urho.name, "organisation": "RM"}, "answer": "none"},
    ]
    assert (count(session, Organisation), count(session, Person), count(session, Group)) == (1, 2, 1)
    assert board.id


def test_an_export_holds_what_the_event_needs_and_nothing_else(session):
    ministry = cast.organisation(session)
    cast.organisation(session, "muu virasto", "MV")
    aarne = cast.person(session, "Aarne Aho", of=ministry)
    cast.person(session, "Kaino Kivi")
    board = cast.group(session, "Rakenneneuvosto", chair=[aarne])
    cast.group(session, "Muu ryhmä", chair=[aarne])
    document = export_event(session, cast.event(session, board).id).document
    assert [one["name"] for one in document["organisations"]] == ["rakenneministeriö"]
    assert [one["name"] for one in document["people"]] == ["Aarne Aho"]
    assert [one["name"] for one in document["groups"]] == ["Rakenneneuvosto"]
    assert "lists" not in document
