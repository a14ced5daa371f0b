"""Which value is offered where two records differ."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.duplicates.choosing import differing, offered


@dataclass
class Record:
    id: int
    given_name: str = "Otso"
    family_name: str = "Orava"
    email: str | None = None
    organisation_id: int | None = None
    title: str | None = None
    unit: str | None = None
    language: str | None = None


@pytest.mark.parametrize(
    ("one", "other", "chosen"),
    [
        ({"email": "o@rm.example"}, {}, {"email": 1}),
        ({}, {"title": "johtaja", "unit": "osasto"}, {"title": 2, "unit": 2}),
        ({"title": "johtaja"}, {"title": "päällikkö", "unit": "osasto"}, {"title": 2, "unit": 2}),
        ({"title": "johtaja"}, {"title": "päällikkö"}, {"title": 1}),
        ({"given_name": "O."}, {}, {"given_name": 2}),
        ({"family_name": "Aijala"}, {"family_name": "Äijälä"}, {"family_name": 2}),
        ({"family_name": "Oravaa"}, {"email": "o@rm.example"}, {"family_name": 2, "email": 2}),
        # names that have changed places come from one record, never two family names
        ({"given_name": "Virtanen", "family_name": "Ari"}, {"given_name": "Ari", "family_name": "Virtanen"},
         {"given_name": 1, "family_name": 1}),
        ({"email": "o+kokous@rm.example", "title": "x"}, {"email": "o@rm.example"}, {"email": 2, "title": 1}),
        ({"email": "o@rm.example"}, {"email": "o@gov.example", "language": "sv"}, {"email": 2, "language": 2}),
    ],
)  # fmt: skip
def test_what_says_more_is_offered(one, other, chosen):
    people = Record(1, **one), Record(2, **other)
    assert offered(people) == chosen
    assert differing(people) == list(chosen)
