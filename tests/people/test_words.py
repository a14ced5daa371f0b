"""How rows of names are joined."""

from __future__ import annotations

import pytest

from app.people.words import bodies_joined, with_article


@pytest.mark.parametrize(
    ("language", "names", "row"),
    [
        ("fi", ["Tie- ja katuryhmä"], "Tie- ja katuryhmä"),
        ("fi", ["Tie- ja katuryhmä", "Polkufoorumi"], "Tie- ja katuryhmä sekä Polkufoorumi"),
        ("fi", ["Tieryhmä", "Hanke X, Y ja Z", "RM"], "Tieryhmä, Hanke X, Y ja Z sekä RM"),
        ("sv", ["Väg- och gatugruppen", "Stigforum"], "Väg- och gatugruppen samt Stigforum"),
        ("en", ["Road Group", "Path Forum"], "Road Group and Path Forum"),
        ("en", ["Group on Roads and Streets", "Path Forum"], "Group on Roads and Streets as well as Path Forum"),
    ],
)
def test_bodies_are_joined_by_a_word_that_their_names_do_not_hold(language, names, row):
    assert bodies_joined(names, language) == row


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "Bridge Council", "the Bridge Council"),
        ("en", "The Bridge Club", "The Bridge Club"),
        ("sv", "Brodelegationen", "Brodelegationen"),
    ],
)
def test_a_body_has_its_article_in_english(language, name, words):
    assert with_article(name, language) == words
