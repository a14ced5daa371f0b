from __future__ import annotations

from typing import NamedTuple

import pytest

from app.people.choosing import choice_words, people_meant


class Known(NamedTuple):
    given_name: str
    family_name: str
    email: str | None = None
    organisation: str | None = None


OTSO = Known("Otso", "Orava", "otso@rm.example", "RM")
NAMESAKE = Known("Otso", "Orava", None, "VTK")
ESSEN = Known("Anna-Maija", "von Essen")
EVERYBODY = [OTSO, NAMESAKE, ESSEN]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("otso@RM.example", [OTSO]),
        ("Otso Orava, otso@rm.example", [OTSO]),
        ("Otso Orava, VTK", [NAMESAKE]),
        ("otso  orava", [OTSO, NAMESAKE]),
        ("Orava Otso", [OTSO, NAMESAKE]),
        ("anna-maija VON essen", [ESSEN]),
        ("Orava", []),
        ("", []),
    ],
)
def test_who_is_meant(text, meant):
    assert people_meant(text, EVERYBODY) == meant


def test_what_is_offered_for_everybody_means_one():
    assert [people_meant(choice_words(it), EVERYBODY) for it in EVERYBODY] == [[it] for it in EVERYBODY]
