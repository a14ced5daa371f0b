"""Which classes are hidden: as a table, and that what is hidden cannot be computed for fewer than the least."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.surveys.suppressing import hidden


@pytest.mark.parametrize(
    ("answers", "already", "away"),
    [
        ({"a": 5, "b": 6}, "", ""),
        ({"a": 4, "b": 6}, "", "ab"),  # 4 alone would be all but b
        ({"a": 4, "b": 6, "c": 9}, "", "ab"),  # the smallest that is shown is hidden as well
        ({"a": 2, "b": 3, "c": 9}, "", "ab"),  # together they are five
        ({"a": 1, "b": 1, "c": 1, "d": 7}, "", "abcd"),
        ({"a": 4}, "", "a"),
        ({"a": 5}, "", ""),
        ({"a": 0, "b": 8}, "", "a"),  # nobody is nobody: nothing to compute
        ({}, "", ""),
        ({"a": 7, "b": 8}, "a", "a"),  # hidden where it comes from
        ({"a": 3, "b": 8, "c": 9}, "c", "ac"),
    ],
)
def test_what_is_hidden_of_five(answers, already, away):
    assert hidden(answers, 5, set(already)) == set(away)


@example({0: 4, 1: 5, 2: 5}, 5, set())
@given(
    st.dictionaries(st.integers(0, 12), st.integers(0, 15), max_size=13),
    st.integers(1, 8),
    st.sets(st.integers(0, 12), max_size=4),
)
def test_nobody_can_compute_fewer_than_the_least_from_what_is_shown(answers, least, already):
    away = hidden(answers, least, already)
    shown = {one: number for one, number in answers.items() if one not in away}
    difference = sum(answers.values()) - sum(shown.values())
    assert difference == 0 or difference >= least or not shown
    assert all(number >= least for number in shown.values())
    assert not already & shown.keys()


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 15), min_size=1, max_size=13), st.integers(1, 8))
def test_no_more_is_hidden_than_is_needed(answers, least):
    small = {one for one, number in answers.items() if number < least}
    away = hidden(answers, least)
    if sum(answers[one] for one in small) == 0 or sum(answers[one] for one in small) >= least:
        assert away == small
    else:
        assert len(away - small) == min(len(answers.keys() - small), 1)


def test_of_classes_of_one_size_it_is_always_the_same_that_is_hidden():
    """The database gives them in any order; two looks that hide different ones would tell the small one."""
    for order in ([1, 2, 3, None], [None, 3, 2, 1], [3, None, 1, 2]):
        assert hidden({one: 1 if one == 1 else 6 for one in order}, 5) == {1, 2}
