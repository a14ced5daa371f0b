"""The rule of filling in, as tables; and that nothing that can be posted breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.answering import LONGEST, Asked, Problem, lacking, part_field, read_one, scale_of, shown

A, B, C = 11, 12, 13


@dataclass
class Filled:
    """The answers by question, without those left empty or not shown; and what is wrong."""

    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


def fill(questions, posted) -> Filled:
    """A form as it is sent: read, without what is hidden, and complete."""
    read = {question.id: read_one(question, posted) for question in questions}
    values = {id: value for id, value in read.items() if value is not None and not isinstance(value, Problem)}
    filled = Filled()
    for question in shown(questions, values):
        value = read[question.id]
        problem = value if isinstance(value, Problem) else lacking(question, value)
        if problem is not None:
            filled.problems.append(problem)
        elif value is not None:
            filled.values[question.id] = value
    return filled


def asked(kind, **more):
    choices = (A, B, C) if kind in ("single_choice", "multiple_choice", "ranking") else ()
    return Asked(1, kind, choices=choices, **more)


@pytest.mark.parametrize(
    ("question", "posted", "value"),
    [
        (asked("text"), [" Ketteryys "], "Ketteryys"),
        (asked("text"), ["", "  "], None),
        (asked("long_text"), ["eka\r\ntoka"], "eka\ntoka"),
        (asked("single_choice"), ["12"], B),
        (asked("single_choice"), [], None),
        (asked("multiple_choice"), ["13", "11", "13"], [A, C]),
        (asked("scale"), ["5"], 5),
        (asked("scale", minimum=0, maximum=10), ["0"], 0),
        (asked("number"), ["12"], 12),
        (asked("number"), ["3,5"], 3.5),
        (asked("number"), ["-1 000,25"], -1000.25),
        (asked("number"), ["\N{MINUS SIGN}4"], -4),
        (asked("date"), ["2026-12-31"], "2026-12-31"),
        (asked("date"), ["4.10.2026"], "2026-10-04"),
    ],
)
def test_what_is_answered(question, posted, value):
    filled = fill([question], {"q1": posted})
    assert (filled.values.get(1), filled.problems) == (value, [])


@pytest.mark.parametrize(
    ("question", "posted", "problem"),
    [
        (asked("text", required=True), [" "], Problem(1, "required")),
        (asked("text"), ["x" * 1001], Problem(1, "too_long", 0, LONGEST["text"])),
        (asked("text", maximum=5), ["xxxxxx"], Problem(1, "too_long", 0, 5)),
        (asked("text", minimum=3), ["xx"], Problem(1, "too_short", 3, LONGEST["text"])),
        (asked("single_choice"), ["14"], Problem(1, "no_such_choice")),
        (asked("single_choice"), ["kyllä"], Problem(1, "no_such_choice")),
        (asked("single_choice", required=True), [], Problem(1, "required")),
        (asked("multiple_choice"), ["11", "99"], Problem(1, "no_such_choice")),
        (asked("multiple_choice", minimum=2), ["11"], Problem(1, "too_few", 2, float("inf"))),
        (asked("multiple_choice", maximum=1), ["11", "12"], Problem(1, "too_many", 0, 1)),
        (asked("scale"), ["6"], Problem(1, "out_of_range", 1, 5)),
        (asked("scale"), ["3.5"], Problem(1, "out_of_range", 1, 5)),
        (asked("number", minimum=0), ["-1"], Problem(1, "out_of_range", 0, None)),
        (asked("number"), ["nan"], Problem(1, "no_number")),
        (asked("number"), ["1e9"], Problem(1, "no_number")),
        (asked("date"), ["31.2.2026"], Problem(1, "no_date")),
        (asked("date"), ["huomenna"], Problem(1, "no_date")),
    ],
)
def test_what_is_refused(question, posted, problem):
    filled = fill([question], {"q1": posted})
    assert (filled.values, filled.problems) == ({}, [problem])


@pytest.mark.parametrize(
    ("ranks", "value", "problem"),
    [
        (["2", "1", "3"], [B, A, C], None),
        (["", "1", ""], [B], None),
        (["", "", ""], None, None),
        (["1", "1", "2"], None, Problem(1, "same_rank", 1)),
        (["4", "1", "2"], None, Problem(1, "no_such_rank", 1, 3)),
        (["eka", "1", "2"], None, Problem(1, "no_such_rank", 1, 3)),
    ],
)
def test_a_ranking(ranks, value, problem):
    posted = {part_field(1, choice): [rank] for choice, rank in zip((A, B, C), ranks, strict=True)}
    filled = fill([asked("ranking")], posted)
    assert (filled.values.get(1), filled.problems) == (value, [problem] if problem else [])


ASKS = Asked(1, "single_choice", choices=(A, B))
HIDDEN = Asked(2, "text", required=True, shown_if=1, shown_if_value=B)
DEEPER = Asked(3, "text", shown_if=2, shown_if_value="kyllä")


@pytest.mark.parametrize(
    ("values", "seen"),
    [({}, [1]), ({1: A}, [1]), ({1: B}, [1, 2]), ({1: B, 2: "kyllä"}, [1, 2, 3]), ({1: A, 2: "kyllä"}, [1])],
)
def test_a_question_shows_by_the_answer_above_it(values, seen):
    assert [question.id for question in shown([ASKS, HIDDEN, DEEPER], values)] == seen


def test_an_answer_to_a_hidden_question_is_dropped_and_not_required():
    filled = fill([ASKS, HIDDEN], {"q1": ["11"], "q2": ["turhaan"]})
    assert (filled.values, filled.problems) == ({1: A}, [])
    assert fill([ASKS, HIDDEN], {"q1": ["12"]}).problems == [Problem(2, "required")]


def test_one_of_several_chosen_shows_what_depends_on_it():
    asks = Asked(1, "multiple_choice", choices=(A, B, C))
    assert len(shown([asks, HIDDEN], {1: [A, B]})) == 2


def test_questions_that_wait_for_each_other_are_never_shown():
    first, second = Asked(1, "text", shown_if=2, shown_if_value="x"), Asked(2, "text", shown_if=1, shown_if_value="x")
    assert shown([first, second], {1: "x", 2: "x"}) == []
    assert shown([Asked(1, "text", shown_if=1, shown_if_value="x")], {1: "x"}) == []
    assert shown([Asked(1, "text", shown_if=9, shown_if_value="x")], {}) == []


@pytest.mark.parametrize(
    ("minimum", "maximum", "ends"), [(None, None, (1, 5)), (0, 10, (0, 10)), (1, 500, (1, 11)), (3, 1, (3, 3))]
)
def test_the_ends_of_a_scale(minimum, maximum, ends):
    assert scale_of(asked("scale", minimum=minimum, maximum=maximum)) == ends


KINDS = ["text", "long_text", "single_choice", "multiple_choice", "scale", "ranking", "number", "date"]
QUESTIONS = [
    Asked(id, kind, choices=(A, B, C), shown_if=id - 1 if id % 3 == 0 else None, shown_if_value=A)
    for id, kind in enumerate(KINDS, 1)
]
FIELDS = [f"q{id}" for id in range(1, 9)] + [f"q6-{choice}" for choice in (A, B, C)]
TEXTS = st.one_of(st.text(max_size=30), st.sampled_from(["11", "12", "-0", "1", "99", "4.10.2026", "3,5", "٣", "²"]))


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(TEXTS, max_size=4)))
def test_whatever_is_posted_is_either_a_sound_answer_or_a_problem(posted):
    filled = fill(QUESTIONS, posted)
    kept = {question.id: [question] for question in QUESTIONS}
    assert set(filled.values) <= set(kept)
    for id in (3, 4, 6):
        chosen = filled.values.get(id, [])
        assert set(chosen if isinstance(chosen, list) else [chosen]) <= {A, B, C}
    again = fill(QUESTIONS, posted)
    assert again == filled


def test_a_chain_of_conditions_under_headings_with_conditions_takes_no_time():
    """Found by trial: each link took twice as long as the one before it, thirty of them for ever."""
    questions = [Asked(0, "scale")]
    for link in range(1, 60):
        heading = Asked(1000 + link, "section", shown_if=link - 1, shown_if_value=1)
        questions += [heading, Asked(link, "scale", shown_if=link - 1, shown_if_value=1, within=heading.id)]
    assert len(shown(questions, dict.fromkeys(range(60), 1))) == 60
    assert len(shown(questions, dict.fromkeys(range(60), 1) | {30: 2})) == 31
