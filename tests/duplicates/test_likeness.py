"""Which two records may be one person, and why."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.duplicates.likeness import REASONS, more_given_names, one_letter_apart, pairs, proposals, reasons, record
from app.duplicates.words import reason_words


class Known(NamedTuple):
    id: int
    given_name: str
    family_name: str
    email: str | None
    organisation_id: int | None


def known(id: int, name: str, email: str | None = None, organisation: int | None = None) -> Known:
    given, _, family = name.rpartition(" ")
    return Known(id, given, family, email, organisation)


RM, VV = 1, 2

ALIKE = [
    ("Otso Orava", "otso.orava@rm.example", RM, "O. Orava", "Otso.Orava+kokous@RM.example", VV, ("address",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Orava", "otso.orava@rm.example", RM, ("name_and_organisation",)),
    ("Otso Orava", "otso@rm.example", RM, "otso ORAVA", "orava@rm.example", RM, ("name_and_organisation",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Orava", None, RM, ("name_and_organisation",)),
    ("Pilvi Pouta", "ppouta@rm.example", RM, "Pilvi Poutiainen", "ppouta@gov.example", RM, ("local_part",)),
    ("Aarne Äijälä", "aarne@rm.example", RM, "Aarne Aijala", "aijala@rm.example", RM, ("letters",)),
    ("Anna-Maija Öhman", None, RM, "Anna Maija Ohman", None, RM, ("letters",)),
    ("Otso Orava", "otso@rm.example", RM, "Orava Otso", "otso@vv.example", VV, ("swapped",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Orava", None, VV, ("no_address",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Orava", "otso@home.example", None, ("no_organisation",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Kalevi Orava", "orava@rm.example", RM, ("middle_name",)),
    ("Otso K. Orava", "otso@rm.example", RM, "Otso Kalevi Orava", "orava@rm.example", RM, ("middle_name",)),
    ("O. Orava", "otso@rm.example", RM, "Otso Orava", None, None, ("middle_name",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Oravaa", "o@rm.example", RM, ("one_letter",)),
    ("Otso Orava", "otso@rm.example", RM, "Otso Orvaa", "o@rm.example", RM, ("one_letter",)),
    ("Otso Orava", "o.o@rm.example", RM, "Otso Orava", "o.o@gov.example", RM, ("name_and_organisation", "local_part")),
]  # fmt: skip
UNLIKE = [
    ("Otso Orava", "otso@rm.example", RM, "Otso Orava", "otso@vv.example", VV),  # namesakes
    ("Otso Orava", "otso@rm.example", RM, "Pilvi Orava", "pilvi@rm.example", RM),
    ("Otso Orava", "otso@rm.example", RM, "Otso Kalevi Orava", "otso@vv.example", VV),
    ("Otso Orava", "otso@rm.example", RM, "Otso Oravaa", "otsoo@vv.example", VV),
    ("Otso Aho", "otso@rm.example", RM, "Otso Aro", "aro@rm.example", RM),  # too short for a slip
    ("Kalle Orava", "kalle@rm.example", RM, "Kaarlo Orava", "kaarlo@rm.example", RM),
    ("Info", None, None, "Otso Orava", None, None),
]


@pytest.mark.parametrize(("name", "email", "of", "other", "other_email", "other_of", "why"), ALIKE)
def test_two_records_look_alike_for_a_reason(name, email, of, other, other_email, other_of, why):
    people = [known(1, name, email, of), known(2, other, other_email, other_of)]
    assert proposals(people) == [(1, 2, why)]
    assert proposals(people[::-1]) == [(1, 2, why)]


@pytest.mark.parametrize(("name", "email", "of", "other", "other_email", "other_of"), UNLIKE)
def test_two_people_are_not_proposed(name, email, of, other, other_email, other_of):
    assert proposals([known(1, name, email, of), known(2, other, other_email, other_of)]) == []


def test_three_records_of_one_person_are_proposed_two_by_two_and_the_strongest_first():
    people = [
        known(1, "Otso Orava", "otso@rm.example", RM), known(2, "Otso Orava", "otso@rm.example", RM),
        known(3, "Otso Orava", None, VV),
    ]  # fmt: skip
    assert [one[:2] for one in proposals(people)] == [(1, 2), (1, 3), (2, 3)]


def test_who_was_said_to_be_two_people_is_not_proposed_again():
    people = [known(1, "Otso Orava", None, RM), known(2, "Otso Orava", None, RM), known(3, "Otso Orava", None, RM)]
    assert [one[:2] for one in proposals(people, {(1, 3), (2, 3)})] == [(1, 2)]


@pytest.mark.parametrize(
    ("a", "b", "is_more"),
    [
        ("anna", "anna maija", True), ("maija", "anna maija", False), ("a m", "anna maija", True),
        ("anna", "anna", False), ("", "anna", False), ("anna liisa", "anna maija", False), ("a", "b", False),
    ],
)  # fmt: skip
def test_more_given_names(a, b, is_more):
    assert (more_given_names(a, b), more_given_names(b, a)) == (is_more, is_more)


@pytest.mark.parametrize(
    ("a", "b", "is_one"),
    [
        ("virtanen", "virtannen", True), ("virtanen", "virtaneen", True), ("virtanen", "virtnaen", True),
        ("virtanen", "virtonen", True), ("virtanen", "virtanen", False), ("virtanen", "vartinen", False),
        ("virtanen", "virta", False), ("aho", "aro", False), ("niemi", "nieminen", False),
    ],
)  # fmt: skip
def test_a_letter_apart(a, b, is_one):
    assert (one_letter_apart(a, b), one_letter_apart(b, a)) == (is_one, is_one)


NAMES = st.sampled_from(["Otso", "Orava", "Oravaa", "Äijälä", "Aijala", "Otso Kalevi", "O.", ""])
ADDRESSES = st.sampled_from([None, "o@rm.example", "O+x@rm.example", "o@gov.example", "orava@rm.example"])
PEOPLE = st.lists(st.tuples(NAMES, NAMES, ADDRESSES, st.sampled_from([None, RM, VV])), max_size=14)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_no_pair_is_missed_though_not_everybody_is_compared_with_everybody(people):
    rows = [Known(number, *one) for number, one in enumerate(people)]
    records = [record(row) for row in rows]
    each = {(a.id, b.id, why) for a, b in combinations(records, 2) if (why := reasons(a, b))}
    assert {tuple(one) for one in proposals(rows)} == each


def test_a_thousand_of_one_name_are_compared_with_a_few_others_each():
    everybody = [record(known(number, "Otso Orava", f"o{number}@rm.example", RM)) for number in range(1000)]
    assert len(list(pairs(everybody))) < 20 * 1000


def test_every_reason_has_words_of_its_own():
    assert len({reason_words(reason) for reason in REASONS}) == len(REASONS)
