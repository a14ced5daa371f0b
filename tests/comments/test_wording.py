"""What a proposed wording would change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comments.wording import MOST_WORDS, differences

CASES = {
    "nothing": ("Sovittiin.", "Sovittiin.", [("same", "Sovittiin.")]),
    "a word": (
        "Silta on huono.", "Silta on hyvä.",
        [("same", "Silta on"), ("out", " huono"), ("in", " hyvä"), ("same", ".")],
    ),
    "put in": ("Silta on.", "Silta on jo.", [("same", "Silta on"), ("in", " jo"), ("same", ".")]),
    "left out": ("Silta", "", [("out", "Silta")]),
    "from nothing": ("", "Silta", [("in", "Silta")]),
    "too long to compare": ("a " * MOST_WORDS, "b", [("out", "a " * MOST_WORDS), ("in", "b")]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "pieces"), CASES.values(), ids=CASES)
def test_what_differs(old, new, pieces):
    assert [(piece.kind, piece.text) for piece in differences(old, new)] == pieces


@given(st.text(st.sampled_from("ab .<\n")), st.text(st.sampled_from("ab .<\n")))
def test_both_texts_stand_in_the_pieces_whole(old, new):
    pieces = differences(old, new)
    assert "".join(one.text for one in pieces if one.kind != "in") == old
    assert "".join(one.text for one in pieces if one.kind != "out") == new
