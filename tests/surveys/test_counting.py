"""The figures of a survey's questions, as tables; and that nothing is told of too few."""

from __future__ import annotations

from collections import Counter
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.counting import Counted, Line, Place, Tally, anonymous, count, mean_of, median_of

A, B, C = 11, 12, 13


@pytest.mark.parametrize(
    ("kind", "options", "steps", "tallies", "answered", "counted"),
    [
        ("single_choice", [A, B, C], (), [(A, None, 2), (B, None, 1)], 3, Counted(3, {A: 2, B: 1, C: 0})),
        ("multiple_choice", [A, B], (), [(A, None, 1), (A, 1.0, 1)], 2, Counted(2, {A: 2, B: 0})),
        ("scale", [], (1, 2, 3), [(0, 1.0, 1), (0, 3.0, 2)], 3, Counted(3, {1: 1, 2: 0, 3: 2}, 7 / 3, 3)),
        ("scale", [], (1, 2), [], 0, Counted(0, {1: 0, 2: 0})),
        ("number", [], (), [(0, 4.0, 1), (0, 2.5, 1)], 2, Counted(2, mean=3.25, median=3.25, least=2.5, most=4)),
        ("number", [], (), [], 0, Counted(0)),
        ("text", [], (), [(0, None, 1)], 1, Counted(1)),
        (
            "ranking", [A, B, C], (), [(B, 1.0, 2), (A, 2.0, 1), (C, 3.0, 1)], 2,
            Counted(2, {B: 6, A: 2, C: 1}, places=[Place(B, 2, 2, 1, 6), Place(A, 1, 0, 2, 2), Place(C, 1, 0, 3, 1)]),
        ),
        (
            "matrix", [A, B], (1, 2), [(A, 1.0, 1), (A, 2.0, 2)], 3,
            Counted(3, lines=[Line(A, 3, [1, 2], 5 / 3), Line(B, 0, [0, 0], None)]),
        ),
    ],
)  # fmt: skip
def test_answers_are_counted(kind, options, steps, tallies, answered, counted):
    assert count(kind, options, [Tally(*one) for one in tallies], answered, steps=steps) == counted


@pytest.mark.parametrize(
    ("sheets", "answered", "least", "told"),
    [(4, 4, 5, False), (5, 4, 5, False), (5, 5, 5, True), (9, 2, 5, False), (0, 0, 5, False), (5, 5, 6, False)],
)
def test_nothing_is_told_of_too_few_anonymous_answers(sheets, answered, least, told):
    counted = anonymous(Counted(answered, {A: answered, B: 0}), sheets, least)
    assert counted.suppressed is not told
    assert dict(counted.counts) == ({A: answered, B: 0} if told else {})


def test_the_least_and_the_most_of_anonymous_numbers_are_single_answers_and_not_told():
    counted = count("number", [], [Tally(0, number, 1) for number in (1, 2, 3, 4, 90)], 5)
    assert anonymous(counted, 5, 5) == Counted(5, mean=20, median=3)


@given(st.lists(st.lists(st.sampled_from([A, B, C]), unique=True, min_size=1), max_size=30))
def test_points_of_a_ranking_never_exceed_what_was_given(orders):
    places = Counter((choice, float(place)) for order in orders for place, choice in enumerate(order, 1))
    tallies = [Tally(choice, place, times) for (choice, place), times in places.items()]
    points = count("ranking", [A, B, C], tallies, len(orders)).counts
    assert sum(points.values()) == sum(sum(3 - place for place in range(len(order))) for order in orders)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_mean_and_median_are_those_of_the_numbers_one_by_one(numbers):
    assert mean_of(Counter(numbers)) == pytest.approx(mean(numbers))
    assert median_of(Counter(numbers)) == median(numbers)
