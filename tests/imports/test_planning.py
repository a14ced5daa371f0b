"""What one row would do, by what the address book and the rows before it hold."""

from __future__ import annotations

import pytest

from app.imports.planning import Book, Known, Options, plan
from app.imports.values import Values

RM, TM = 1, 2
OTSO = Known(11, "Otso", "Orava", "otso@rm.example", "johtaja", None, "fi", RM, "RM")
PILVI = Known(12, "Pilvi", "Poutanen", None, None, None, None, RM, "RM")
ROWS = [
    ("nobody knows them", {"given_name": "Aarne", "family_name": "Aho"}, "new", None, None),
    ("the address, in other letters", {"email": "OTSO@rm.example"}, "known", "address", {}),
    ("another title", {"email": "otso@rm.example", "title": "ylijohtaja"}, "changed", "address",
     {"title": ["johtaja", "ylijohtaja"]}),
    ("the same in large letters", {"email": "otso@rm.example", "family_name": "ORAVA", "given_name": "OTSO"}, "known",
     "address", {}),
    ("a new family name", {"email": "otso@rm.example", "family_name": "Kivi", "given_name": "Otso"}, "changed",
     "address", {"family_name": ["Orava", "Kivi"]}),
    ("turned the wrong way", {"email": "otso@rm.example", "family_name": "Otso", "given_name": "Orava"}, "known",
     "address", {}),
    ("another organisation", {"email": "otso@rm.example", "organisation": "TM"}, "changed", "address",
     {"organisation": ["RM", "TM"]}),
    ("name and organisation", {"given_name": "pilvi", "family_name": "poutanen", "organisation": "RM"}, "known",
     "name_and_organisation", {}),
    ("and an address to add", {"given_name": "Pilvi", "family_name": "Poutanen", "organisation": "RM",
     "email": "p@x.example"}, "changed", "name_and_organisation", {"email": [None, "p@x.example"]}),
    ("name and another organisation", {"given_name": "Pilvi", "family_name": "Poutanen", "organisation": "TM"}, "new",
     None, None),
    ("a name alone", {"given_name": "Pilvi", "family_name": "Poutanen"}, "new", None, None),
    ("name and organisation, another address", {"given_name": "Otso", "family_name": "Orava", "organisation": "RM",
     "email": "orava@rm.example"}, "new", None, None),
]  # fmt: skip
REFUSED = [
    ("nothing to know them by", {"title": "johtaja"}, ("family_name", "nobody")),
    ("an address alone that nobody has", {"email": "x@rm.example"}, ("family_name", "no_name")),
    ("somebody else's address", {"email": "otso@rm.example", "given_name": "Aarne", "family_name": "Aho"},
     ("email", "other_person")),
    ("an organisation of which there are two", {"family_name": "Aho", "organisation": "KV"},
     ("organisation", "several_organisations")),
]  # fmt: skip


def book() -> Book:
    return Book(
        organisations={"rm": [RM], "tm": [TM], "kv": [3, 4]},
        by_address={"otso@rm.example": OTSO},
        by_name={("otso", "orava"): [OTSO], ("pilvi", "poutanen"): [PILVI]},
    )


@pytest.mark.parametrize(("fields", "outcome", "by", "changes"), [it[1:] for it in ROWS], ids=[it[0] for it in ROWS])
def test_who_a_row_is_and_what_it_changes(fields, outcome, by, changes):
    planned = plan(2, Values(fields), book(), Options())
    assert (planned.outcome, planned.matched_by, planned.problems) == (outcome, by, [])
    assert planned.values.get("changes", {}) == (changes or {})


@pytest.mark.parametrize(("fields", "problem"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_and_where(fields, problem):
    planned = plan(2, Values(fields), book(), Options())
    assert (planned.outcome, [found[:2] for found in planned.problems]) == ("refused", [problem])


def test_a_namesake_is_somebody_new_and_said():
    planned = plan(2, Values({"given_name": "Otso", "family_name": "Orava"}), book(), Options())
    assert (planned.outcome, planned.values["namesakes"]) == ("new", [[OTSO.id, "RM"]])


SAID = [
    ("a namesake, said to be this one", {"given_name": "Otso", "family_name": "Orava"}, OTSO.id, "known", "choice", {}),
    ("with another address", {"given_name": "Otso", "family_name": "Orava", "email": "oo@x.example"}, OTSO.id,
     "changed", "choice", {"email": ["otso@rm.example", "oo@x.example"]}),
    ("somebody who is gone", {"given_name": "Otso", "family_name": "Orava"}, 99, "new", None, {}),
    ("an address says more", {"email": "otso@rm.example"}, PILVI.id, "known", "address", {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "chosen", "outcome", "by", "changes"), [it[1:] for it in SAID], ids=[it[0] for it in SAID]
)
def test_somebody_says_who_a_row_is(fields, chosen, outcome, by, changes):
    there = book()
    there.chosen = {OTSO.id: OTSO, PILVI.id: PILVI}
    planned = plan(2, Values(fields, chosen=chosen), there, Options())
    assert (planned.outcome, planned.matched_by, planned.values.get("changes", {})) == (outcome, by, changes)


def test_two_rows_are_not_said_to_be_one_person():
    there = book()
    there.chosen = {OTSO.id: OTSO}
    rows = [Values({"given_name": "Otso", "family_name": "Orava", "email": f"{n}@x.example"}, chosen=OTSO.id)
            for n in "ab"]  # fmt: skip
    assert [plan(number, row, there, Options()).matched_by for number, row in enumerate(rows)] == ["choice", None]


def test_of_two_namesakes_in_one_organisation_neither_is_taken():
    two = book()
    two.by_name["pilvi", "poutanen"].append(Known(13, "Pilvi", "Poutanen", None, None, None, None, RM, "RM"))
    row = Values({"given_name": "Pilvi", "family_name": "Poutanen", "organisation": "RM"})
    assert plan(2, row, two, Options()).matched_by is None


def test_one_person_is_not_matched_by_name_with_two_rows():
    shared = book()
    rows = [{"given_name": "Pilvi", "family_name": "Poutanen", "organisation": "RM", "email": f"p{n}@rm.example"}
            for n in range(2)]  # fmt: skip
    assert [plan(n, Values(row), shared, Options()).outcome for n, row in enumerate(rows)] == ["changed", "new"]


TWICE = [
    ("the same row", {"given_name": "Aarne", "family_name": "Aho", "email": "a@rm.example"}, {}, "same_row"),
    ("the same address", {"given_name": "Aarne", "family_name": "Aho", "email": "a@rm.example"}, {"title": "x"},
     "same_address"),
    ("the same name, no address", {"given_name": "Aarne", "family_name": "Aho"}, {"title": "x"}, "same_name"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "more", "code"), [row[1:] for row in TWICE], ids=[row[0] for row in TWICE])
def test_of_two_rows_about_one_person_the_later_is_refused_and_names_the_first(row, more, code):
    shared = book()
    assert plan(2, Values(row), shared, Options()).outcome == "new"
    later = plan(5, Values(row | more), shared, Options())
    assert [(found[1], found[2]) for found in later.problems] == [(code, {"number": 2})]


def test_bodies_that_are_not_there_are_added_or_left_empty_as_was_chosen():
    row = {"family_name": "Aho", "organisation": "Uusi  Virasto", "group": "Siltaverkosto"}
    added = plan(2, Values(row), book(), Options()).values
    assert (added["new_organisation"], added["new_group"]) == ("uusi virasto", "siltaverkosto")
    left = plan(2, Values(row), book(), Options(add_bodies=False)).values
    assert (left["organisation"], left["group"], left["left_organisation"]) == (None, None, "Uusi  Virasto")


def test_whoever_is_there_may_be_left_as_they_are():
    planned = plan(2, Values({"email": "otso@rm.example", "title": "x"}), book(), Options(update=False))
    assert (planned.outcome, planned.values.get("changes")) == ("known", None)
