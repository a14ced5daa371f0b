from __future__ import annotations

from random import Random

import pytest

from app.people.collation import distance, matches, person_key, sort_key

REGISTER = [
    ("Aalto", "Aino"), ("Ahl", "Bo"), ("D’Arc", "Janne"), ("Đavva", "Niillas"), ("De Geer", "Louis"), ("Dufva", "Anna"),
    ("von Essen", "Anna-Maija"), ("Essenius", "Ossi"), ("af Forselles", "Karl"), ("Ŋgaa", "Aura"), ("Salo", "Åke"),
    ("Salo", "Ärla"), ("Salo-Aho", "Aino"), ("Salomaa", "Aino"), ("Šapovalov", "Ivan"), ("Vaara", "Eeva"),
    ("Virtanen", "Ville"), ("Waltari", "Aino"), ("Yli", "Aino"), ("Ülikool", "Eeva"), ("Zweygbergk", "Eva"),
    ("Åberg", "Aino"), ("Äijälä", "Aino"), ("Öhman", "Aino"),
]  # fmt: skip


def test_a_register_is_in_finnish_order():
    mixed = REGISTER[:]
    Random(4).shuffle(mixed)
    assert sorted(mixed, key=lambda name: person_key(*name)) == REGISTER


@pytest.mark.parametrize(
    ("query", "texts", "found"),
    [
        ("aijala", ["Aino Äijälä"], True),
        ("ÄIJ", ["Aino Äijälä"], True),
        ("äij ain", ["Aino Äijälä"], True),
        ("äij eeva", ["Aino Äijälä"], False),
        ("rm otso", ["Otso Orava", None, "RM"], True),
        ("otsorm", ["Otso", "RM"], False),
        ("ø", ["Söderlund"], True),
        ("a\N{COMBINING DIAERESIS}ij", ["Äijälä"], True),
        ("dawa", ["Đawa"], True),
        ("100 %", ["a_b"], False),
        ("  ", ["Otso"], True),
    ],
)
def test_every_word_is_found_whatever_its_case_and_marks(query, texts, found):
    assert matches(query, *texts) is found


def test_capitals_and_marks_only_tell_equals_apart():
    assert sorted(["Ekö", "ekö b", "Eko", "eko"], key=sort_key) == ["Eko", "eko", "Ekö", "ekö b"]


@pytest.mark.parametrize(
    ("words", "found_by", "far"),
    [
        (["vm"], "valtiovarainministerio\nfinansministeriet\nvm\nfm", 0),
        (["valtio"], "valtiovarainministerio\nvm", 1),
        (["vm"], "koe vm", 2),
        (["vm"], "koe (vm)", 2),
        (["ministerio"], "valtiovarainministerio", 3),
        (["vm", "valtio"], "valtiovarainministerio\nvm", 1),
    ],
)
def test_how_far_words_are_from_a_name(words, found_by, far):
    assert distance(words, found_by) == far
