"""A choice stays itself while its text is edited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.choices import match_choices

STORED = [(1, "aamu"), (2, "ilta"), (3, "yö")]


@pytest.mark.parametrize(
    ("wanted", "matched"),
    [
        (["aamu", "ilta", "yö"], [(1, "aamu"), (2, "ilta"), (3, "yö")]),
        (["yö", "aamu", "ilta"], [(3, "yö"), (1, "aamu"), (2, "ilta")]),
        (["aamu", "iltapäivä", "yö"], [(1, "aamu"), (2, "iltapäivä"), (3, "yö")]),
        (["aamu", "ilta"], [(1, "aamu"), (2, "ilta")]),
        (["aamu", "ilta", "yö", "päivä"], [(1, "aamu"), (2, "ilta"), (3, "yö"), (None, "päivä")]),
        (["päivä", "ilta", "keskiyö"], [(1, "päivä"), (2, "ilta"), (3, "keskiyö")]),
        (["päivä"], [(None, "päivä")]),
        ([], []),
    ],
)
def test_which_choice_is_which(wanted, matched):
    assert match_choices(STORED, wanted) == matched


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_no_choice_becomes_two_and_every_text_is_there(stored, wanted):
    matched = match_choices(list(enumerate(stored)), wanted)
    kept = [id for id, _text in matched if id is not None]
    assert [text for _id, text in matched] == wanted
    assert len(kept) == len(set(kept))
    assert all(stored[id] == text for id, text in matched if text in stored)
