"""The figures of a survey, as tables; and that nothing is told of fewer than five."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.counting import Counted, count

A, B, C = 11, 12, 13


def answers(*values):
    return list(enumerate(values))


@pytest.mark.parametrize(
    ("kind", "options", "given_answers", "counted"),
    [
        ("single_choice", [A, B, C], answers(A, B, A), Counted(3, {A: 2, B: 1, C: 0})),
        ("multiple_choice", [A, B, C], answers([A, C], [C]), Counted(2, {A: 1, B: 0, C: 2})),
        ("scale", [1, 2, 3], answers(1, 3, 3), Counted(3, {1: 1, 2: 0, 3: 2}, mean=7 / 3)),
        ("ranking", [A, B, C], answers([B, A, C], [B]), Counted(2, {B: 6, A: 2, C: 1})),
        ("date", [], answers("2026-12-31", "2026-06-30", "2026-12-31"), Counted(3, {"2026-06-30": 1, "2026-12-31": 2})),
        ("number", [], answers(4, 2.5), Counted(2, mean=3.25, written=answers(4, 2.5))),
        ("text", [], answers("Ketteryys"), Counted(1, written=answers("Ketteryys"))),
        ("number", [], [], Counted(0, written=[])),
        ("scale", [1, 2], [], Counted(0, {1: 0, 2: 0})),
    ],
)
def test_named_answers_are_counted(kind, options, given_answers, counted):
    assert count(kind, options, given_answers, anonymous=False, sheets=len(given_answers)) == counted


@pytest.mark.parametrize(
    ("sheets", "answered", "told"), [(4, 4, False), (5, 4, False), (5, 5, True), (9, 2, False), (0, 0, False)]
)
def test_nothing_is_told_of_fewer_than_five_anonymous_answers(sheets, answered, told):
    counted = count("single_choice", [A, B], answers(*[A] * answered), anonymous=True, sheets=sheets)
    assert counted.suppressed is not told
    assert dict(counted.counts) == ({A: answered, B: 0} if told else {})


def test_the_order_of_anonymous_texts_tells_nothing():
    given_answers = answers("Öljy", "aamu", "Ilta", "yö", "päivä")
    told = [text for _place, text in count("text", [], given_answers, anonymous=True, sheets=5).written]
    assert told == sorted(told, key=str.casefold)


def test_anonymous_numbers_show_only_their_mean():
    counted = count("number", [], answers(1, 2, 3, 4, 5), anonymous=True, sheets=5)
    assert (counted.mean, list(counted.written)) == (3, [])


@given(st.lists(st.lists(st.sampled_from([A, B, C]), unique=True, min_size=1), max_size=30))
def test_points_of_a_ranking_never_exceed_what_was_given(orders):
    points = count("ranking", [A, B, C], answers(*orders), anonymous=False, sheets=len(orders)).counts
    assert sum(points.values()) == sum(sum(3 - place for place in range(len(order))) for order in orders)
