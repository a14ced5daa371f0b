"""What a survey of an event file may hold beyond the first format: it comes back as it was, or is refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.eventfiles.exporting import export_event, written
from app.surveys.keeping import anonymous_id, keep
from app.surveys.models import Sheet, Survey
from app.surveys.sheets import survey_of
from tests.eventfiles.cases import fresh_session, import_document, problems, small

OTSO, PILVI = "otso@silta.example", "pilvi@silta.example"
OPEN = {"text": "muu, mikä?", "open": True}
QUESTIONS = [
    {"key": "a", "kind": "single_choice", "text": "A?", "choices": ["x", OPEN]},
    {"key": "b", "kind": "multiple_choice", "text": "B?", "choices": ["x", "y", OPEN], "max": 2},
    {"key": "m", "kind": "matrix", "text": "M?", "rows": ["x", "y", "z"], "max": 3},
    {"key": "s", "kind": "section", "text": "S"},
    {"key": "t", "kind": "text", "text": "T?", "min": 3},
]


def back(session, document: dict[str, Any]) -> dict[str, Any]:
    """Import and export; return the event."""
    return export_event(session, import_document(session, document).event_id).document["event"]


def round_trip(session, survey: dict[str, Any]) -> dict[str, Any]:
    return back(session, small(survey=survey))["survey"]


# --- answers ---


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"a": {"choice": 0, "text": "z"}}, ".a.text: choice 0 is not open: it takes no text"),
        ({"a": {"choice": 2, "text": "z"}}, ".a.choice: there is no choice 2: they are 0 to 1"),
        ({"a": {"text": "z"}}, ".a.choice: is missing"),
        ({"a": {"choice": None}}, ".a.choice: is missing"),
        ({"a": {"choice": 1, "text": 3}}, ".a.text: must be text"),
        ({"a": {"choice": 1, "text": "z" * 1001}}, ".a.text: is too long: at most 1000 characters"),
        ({"a": {"choice": 1, "other": "z"}}, ".a.other: unknown key"),
        ({"b": [2, {"choice": 2, "text": "z"}]}, ".b: names a choice twice"),
        ({"b": [0, 1, {"choice": 2, "text": "z"}]}, ".b: must name from 0 to 2 choices"),
        ({"b": {"choice": 2, "text": "z"}}, ".b: must be a list: […]"),
        ({"m": {"0": 1}}, ".m: must be a list: […]"),
        ({"m": [1, 2]}, ".m: must have a step, or null, for each of the 3 rows"),
        ({"m": [1, 2, 3, 1]}, ".m: must have a step, or null, for each of the 3 rows"),
        ({"m": [1, None, 4]}, ".m[2]: must be from 1 to 3, not 4"),
        ({"m": [1.5, None, None]}, ".m[0]: must be a whole number"),
        ({"s": "z"}, ".s: a section has no answer"),
        ({"t": "z"}, ".t: must have from 3 to 1000 characters"),
        ({"background": "Siltaverkosto"}, ".background: unknown key"),
    ],
    ids=str,
)
def test_an_answer_of_the_wrong_kind_is_refused(answer, problem):
    survey = {"questions": QUESTIONS, "answers": [{"person": PILVI} | answer]}
    assert problems(small(survey=survey)) == [f"event.survey.answers[0]{problem}"]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ({"a": {"choice": 1, "text": "kelluva"}}, {"a": {"choice": 1, "text": "kelluva"}}),
        ({"a": {"choice": 1, "text": ""}}, {"a": 1}),
        ({"a": {"choice": 0}}, {"a": 0}),
        ({"b": [{"choice": 2, "text": "ui"}, 0]}, {"b": [{"choice": 2, "text": "ui"}, 0]}),
        ({"b": [0, {"choice": 2, "text": "ui"}]}, {"b": [0, {"choice": 2, "text": "ui"}]}),
        ({"m": [3, None, 1]}, {"m": [3, None, 1]}),
        ({"m": [None, None, None]}, {}),
    ],
    ids=str,
)
def test_an_answer_comes_back(session, answer, kept):
    survey = {"questions": QUESTIONS, "answers": [{"person": PILVI} | answer]}
    assert round_trip(session, survey)["answers"] == [{"person": PILVI} | kept]


# --- questions ---


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"kind": "matrix"}, [".rows: is missing"]),
        ({"kind": "matrix", "rows": []}, [".rows: must not be empty"]),
        ({"kind": "matrix", "rows": ["x"], "choices": ["y"]}, [".choices: a question of kind matrix has no choices"]),
        ({"kind": "matrix", "rows": ["x"], "max": 12}, [".max: a matrix must have from 2 to 11 steps"]),
        ({"kind": "matrix", "rows": ["x"], "min": 0.5}, [".min: must be a whole number"]),
        ({"kind": "matrix", "rows": [{"text": "x", "open": True}]}, [".rows[0].open: unknown key"]),
        ({"rows": ["x"]}, [".rows: a question of kind text has no rows"]),
        ({"low": "ei"}, [".low: a question of kind text has no ends"]),
        ({"kind": "section", "required": True, "max": 3, "choices": ["x"]},
         [".choices: a question of kind section has no choices", ".required: a section asks nothing",
          ".max: a section asks nothing"]),
        ({"kind": "ranking", "choices": ["x", OPEN]},
         [".choices[1].open: goes with single_choice and multiple_choice only"]),
        ({"kind": "single_choice", "choices": [OPEN, OPEN]}, [".choices[1].open: one choice is open already: 0"]),
        ({"kind": "single_choice", "choices": [{"open": True}]}, [".choices[0].text: is missing"]),
        ({"kind": "single_choice", "choices": [4]},
         [".choices[0]: must be text, or {text, open, retired, translations}"]),
        ({"retired": "yes"}, [".retired: must be true or false"]),
        ({"translations": {"de": {"text": "Z?"}}}, [".translations.de: unknown key"]),
        ({"translations": {"sv": {"title": "Z?"}}}, [".translations.sv.title: unknown key"]),
        ({"translations": {"sv": "Z?"}}, [".translations.sv: must be an object: {…}"]),
        ({"shown_if": {"question": "m", "is": 1}},
         [".shown_if.is: no other question is shown by the answer to a matrix"]),
        ({"shown_if": {"question": "s", "is": 1}}, [".shown_if.is: a section has no answer"]),
        ({"shown_if": {"question": "a", "is": {"choice": 1, "text": "z"}}},
         [".shown_if.is: must be the index of a choice, from 0"]),
        ({"themes": [{"title": "Ajat", "answers": [OTSO]}]},
         [".themes[0].answers[0]: has written no answer to this question"]),
        ({"themes": [{"answers": []}]}, [".themes[0].title: is missing"]),
        ({"quotes": [PILVI, PILVI]}, [".quotes[1]: is listed twice, first at HERE.quotes[0]"]),
        ({"quotes": ["taimi@silta.example"]}, [".quotes[0]: nobody has the address “taimi@silta.example”"]),
        ({"kind": "date", "quotes": [PILVI]}, [".quotes[0]: has written no answer to this question"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(question, found):
    questions = [*QUESTIONS, {"key": "z", "kind": "text", "text": "Z?"} | question]
    answer = {"person": PILVI, "z": "2026-06-01"} if question.get("kind") in (None, "date") else {"person": PILVI}
    here = "event.survey.questions[5]"
    survey = {"questions": questions, "answers": [answer, {"person": OTSO}]}
    assert problems(small(survey=survey)) == [here + one.replace("HERE", here) for one in found]


def test_a_section_is_not_shown_by_what_is_asked_in_it():
    section = {"key": "s", "kind": "section", "text": "S", "shown_if": {"question": "q", "is": 3}}
    inner = {"key": "q", "kind": "scale", "text": "Q?"}
    assert problems(small(survey={"questions": [section, inner]})) == [
        "event.survey.questions[0].shown_if.question: the question would be shown by its own answer"
    ]


def test_a_choice_that_was_open_is_retired_for_another(session):
    choices = [{"text": "muu", "open": True, "retired": True}, "x", OPEN]
    question = {"key": "a", "kind": "single_choice", "text": "A?", "choices": choices}
    answers = [
        {"person": OTSO, "a": {"choice": 0, "text": "vanha"}},
        {"person": PILVI, "a": {"choice": 2, "text": "uusi"}},
    ]
    survey = {"questions": [question | {"quotes": [OTSO, PILVI]}], "answers": answers}
    assert round_trip(session, survey) == survey


@pytest.mark.parametrize(
    ("survey", "problem"),
    [
        ({"language": "de"}, ".language: must be one of fi, sv, en, not “de”"),
        ({"background": "region"}, ".background: must be one of none, group, organisation, not “region”"),
        ({"least": 2}, ".least: must be from 3 to 50, not 2"),
        ({"translations": {"sv": {"closing": "Tack."}}}, ".translations.sv.closing: unknown key"),
        ({"background": "group", "questions": [{"key": "background", "kind": "text", "text": "?"}]},
         ".questions[0].key: “background” is taken: it says of which class who has answered is"),
        ({"anonymous": True, "begun": [{}]}, ".begun: of an anonymous survey there is only what was sent"),
        ({"anonymous": True, "questions": [QUESTIONS[4] | {"quotes": [OTSO]}]},
         ".questions[0].quotes: an anonymous survey does not say who has answered"),
        ({"anonymous": True, "background": "group", "answers": [{"background": "Lautat"}]},
         ".answers[0].background: there is no group “Lautat”"),
        ({"anonymous": True, "background": "organisation", "answers": [{"background": "Siltaverkosto"}]},
         ".answers[0].background: there is no organisation “Siltaverkosto”"),
        ({"background": "group", "answers": [{"person": OTSO, "background": "Siltaverkosto"}]},
         ".answers[0].background: belongs to anonymous answers only"),
        ({"answers": [{"person": OTSO}], "begun": [{"person": OTSO}]},
         ".begun[0].person: has answered twice, first at event.survey.answers[0].person"),
        ({"versions": []}, ".versions: unknown key"),
    ],
    ids=str,
)  # fmt: skip
def test_a_survey_that_makes_no_sense_is_refused(survey, problem):
    assert [one for one in problems(small(survey=survey)) if "quotes[" not in one] == [f"event.survey{problem}"]


# --- sheets ---


def test_what_is_only_begun_stays_begun_however_short_it_is(session):
    survey = {
        "questions": QUESTIONS,
        "answers": [{"person": OTSO, "t": "pitkä"}],
        "begun": [{"person": PILVI, "t": "p"}],
    }
    assert round_trip(session, survey) == survey
    assert sorted(session.scalars(select(Sheet.sent))) == [False, True]


def test_a_first_formats_question_may_be_called_as_a_later_key(session):
    questions = [{"key": key, "kind": "text", "text": "?"} for key in ("background", "begun", "sent")]
    survey = {"questions": questions, "answers": [{"person": OTSO, "background": "a", "begun": "b", "sent": "c"}]}
    assert round_trip(session, survey) == survey


CLASSES = {
    "anonymous": True, "background": "group", "least": 3, "questions": QUESTIONS[:1],
    "answers": [{"a": 1, "background": "Lautat"}, {"background": "Siltaverkosto", "a": 0}, {"a": 1}, {"a": 0}],
}  # fmt: skip


def test_anonymous_answers_keep_the_class_of_who_has_answered_and_no_order(session, tmp_path):
    document = small(survey=CLASSES)
    document["groups"] = [{"name": "Lautat"}, *document["groups"]]
    exported = export_event(session, import_document(session, document).event_id)
    assert exported.document["event"]["survey"]["answers"] == [
        {"a": 0}, {"background": "Siltaverkosto", "a": 0}, {"a": 1}, {"background": "Lautat", "a": 1},
    ]  # fmt: skip
    assert [one["name"] for one in exported.document["groups"]] == ["Lautat", "Siltaverkosto"]
    document = json.loads(written(exported.document))
    document["groups"].reverse()  # the ids of the groups are others
    with fresh_session(tmp_path / "other.db") as other:
        again = export_event(other, import_document(other, document).event_id)
    assert again.document["event"] == exported.document["event"]


def test_an_anonymous_sheet_that_was_not_sent_stays_where_it_is(session):
    survey = {"anonymous": True, "questions": QUESTIONS, "answers": [{"t": "jaa"}]}
    imported = import_document(session, small(survey=survey))
    stored = survey_of(session, imported.event_id)
    keep(session, stored, anonymous_id(stored, "a key of some browser"), {stored.questions[4].id: "ei vielä"})
    exported = export_event(session, imported.event_id).document
    starts = exported["event"][
        "starts_at"
    ]  # then it closes, wherever the event is moved: somebody may have seen results
    assert exported["event"]["survey"] == survey | {"closes_at": starts}
    assert "ei vielä" not in json.dumps(exported, ensure_ascii=False)


def test_translations_without_words_are_none(session):
    question = QUESTIONS[4] | {"translations": {"sv": {"text": " ", "help": None}, "en": None}}
    assert round_trip(session, {"questions": [question]}) == {"questions": [QUESTIONS[4]]}
    assert session.scalars(select(Survey)).one().translations == {}


# --- any survey at all ---

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
SAID = st.dictionaries(st.sampled_from(["sv", "en"]), st.fixed_dictionaries({"text": WORDS}), min_size=1, max_size=2)


@st.composite
def options(draw, *, open: bool) -> str | dict[str, Any]:
    extra = {"retired": st.just(True), "translations": SAID} | ({"open": st.just(True)} if open else {})
    entry = {"text": draw(WORDS)} | draw(st.fixed_dictionaries({}, optional=extra))
    return entry if len(entry) > 1 else entry["text"]


@st.composite
def questions(draw, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["text", "single_choice", "multiple_choice", "scale", "matrix", "ranking", "section"]))
    extra = {"help": WORDS, "retired": st.just(True), "translations": SAID, "comment": WORDS}
    if kind in ("scale", "matrix"):
        extra |= {"low": WORDS, "high": WORDS, "max": st.integers(2, 11)}
    question = {"key": key, "kind": kind, "text": draw(WORDS)} | draw(st.fixed_dictionaries({}, optional=extra))
    if kind in ("single_choice", "multiple_choice"):
        question["choices"] = draw(st.lists(options(open=False), min_size=1, max_size=3)) + draw(
            st.sampled_from([[], [OPEN]])
        )
    elif kind in ("ranking", "matrix"):
        few = st.lists(options(open=False), min_size=1, max_size=3)
        question["choices" if kind == "ranking" else "rows"] = draw(few)
    return question


def answer_to(question: dict[str, Any]) -> st.SearchStrategy | None:
    kind, choices = question["kind"], question.get("choices") or ()
    steps = st.integers(1, question.get("max", 5))
    one = st.sampled_from(range(len(choices))) if choices else st.nothing()
    if OPEN in choices:
        one |= st.fixed_dictionaries({"choice": st.just(len(choices) - 1), "text": WORDS})
    several = st.lists(one, min_size=1, unique_by=lambda c: c["choice"] if isinstance(c, dict) else c)
    rows = st.lists(st.none() | steps, min_size=len(question.get("rows", ())), max_size=len(question.get("rows", ())))
    return {
        "text": WORDS, "single_choice": one, "multiple_choice": several, "ranking": several, "scale": steps,
        "matrix": rows.filter(any),
    }.get(kind)  # fmt: skip


@st.composite
def surveys(draw) -> dict[str, Any]:
    asked = [draw(questions(f"q{place}")) for place in range(draw(st.integers(1, 4)))]
    fields = {one["key"]: kind for one in asked if (kind := answer_to(one)) is not None}
    sheets = [
        {"person": person} | draw(st.fixed_dictionaries({}, optional=fields))
        for person in draw(st.permutations([OTSO, PILVI]))
    ]
    extra = {"title": WORDS, "least": st.integers(6, 9), "language": st.just("sv"), "opening": WORDS, "closing": WORDS}
    return {"questions": asked, draw(st.sampled_from(["answers", "begun"])): sheets} | draw(
        st.fixed_dictionaries({}, optional=extra)
    )


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(surveys())
def test_any_survey_comes_back_as_it_was(session, survey):
    with session.begin_nested() as trip:
        found = round_trip(session, survey)
        trip.rollback()
    assert found == survey
