"""Questions stand in an order in which each comes after what it waits for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.sequence import last_of_section, moved, out_of_order, rearranged


@pytest.mark.parametrize(
    ("order", "waits_for", "wrong"),
    [
        ([1, 2, 3], {}, set()),
        ([1, 2, 3], {2: 1, 3: 1}, set()),
        ([2, 1, 3], {2: 1, 3: 1}, {(2, 1)}),
        ([3, 2, 1], {2: 1, 3: 2}, {(2, 1), (3, 2)}),
        ([1, 2], {2: 9}, set()),
    ],
)
def test_which_stand_before_what_they_wait_for(order, waits_for, wrong):
    assert out_of_order(order, waits_for) == wrong


@pytest.mark.parametrize(
    ("question", "steps", "order"),
    [(2, -1, [2, 1, 3]), (2, 1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3]), (3, -9, [3, 1, 2])],
)
def test_a_question_moves_but_not_past_the_ends(question, steps, order):
    assert moved([1, 2, 3], question, steps) == order


@given(st.permutations([1, 2, 3, 4]), st.lists(st.integers(0, 6)))
def test_whatever_order_is_asked_for_nothing_is_lost_or_doubled(order, wanted):
    assert sorted(rearranged(order, wanted)) == [1, 2, 3, 4]


def test_the_newer_than_the_page_stay_behind():
    assert rearranged([1, 2, 3, 4], [3, 1, 3, 9]) == [3, 1, 2, 4]


@pytest.mark.parametrize(("section", "place"), [(10, 3), (20, 5)])
def test_a_section_ends_where_the_next_begins(section, place):
    assert last_of_section([10, 1, 2, 20, 3], {10, 20}, section) == place
