"""Parts of an event that need a story of their own."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.attendance.models import Attendance
from app.errors import Invalid
from app.eventfiles.exporting import export_event
from app.invitees.answering import respond, send_substitute
from app.invitees.models import Invitee, Response
from app.people.models import Person
from app.surveys.models import Sheet
from tests.conftest import counting
from tests.eventfiles.cases import AT, SMALL, import_document, problems, small

OTSO, PILVI = "otso@silta.example", "pilvi@silta.example"
TAIMI = {"name": "Taimi Tervo", "email": "taimi@silta.example"}


def back(session, document: dict[str, Any]) -> dict[str, Any]:
    """Import and export; return the event."""
    return export_event(session, import_document(session, document).event_id).document["event"]


# --- invitees ---


def test_a_substitute_is_invited_too_and_keeps_whom_the_seat_is_for(session):
    invitees = [
        {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined", "substitute": TAIMI},
        {"person": PILVI, "answer": "accepted"},
    ]
    imported = import_document(session, small(invitees=invitees))
    taimi = session.scalars(select(Person).where(Person.email == TAIMI["email"])).one()
    place, sender = session.scalars(
        select(Invitee)
        .options(selectinload(Invitee.represents))
        .order_by(Invitee.id.desc())
        .where(Invitee.position == 0)
    )
    assert (place.person_id, place.substitute_for_id) == (taimi.id, sender.id)
    assert [body.group_id for body in place.represents] == [body.group_id for body in sender.represents]
    answer = session.scalars(select(Response).where(Response.invitee_id == sender.id)).one()
    assert (answer.choice, answer.substitute_id, answer.source) == ("declined", place.id, "file")
    assert export_event(session, imported.event_id).document["event"]["invitees"] == invitees


@pytest.mark.parametrize(
    "invitees",
    [
        # a row of their own, with an answer
        [
            {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined",
             "substitute": {"name": "Pilvi Pouta", "email": PILVI}},
            {"person": PILVI, "represents": ["Siltaverkosto"], "answer": "accepted", "mode": "remote"},
        ],
        # a row of their own, for nobody
        [
            {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined",
             "substitute": {"name": "Pilvi Pouta", "email": PILVI}},
            {"person": PILVI, "represents": [], "answer": "accepted"},
        ],
        # before their sender; who sends somebody in turn
        [
            {"person": PILVI, "represents": ["Siltaverkosto"], "answer": "declined", "substitute": TAIMI},
            {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined",
             "substitute": {"name": "Pilvi Pouta", "email": PILVI}},
        ],
        # named, but not by an answer
        [{"person": OTSO, "answer": "none", "substitute": TAIMI}],
        # in the place of two
        [
            {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined", "substitute": TAIMI},
            {"person": PILVI, "answer": "declined", "substitute": TAIMI},
        ],
    ],
    ids=["answered", "for nobody", "in a chain", "without answer", "for two"],
)  # fmt: skip
def test_substitutes_come_back_as_they_were(session, invitees):
    assert back(session, small(invitees=invitees))["invitees"] == invitees


def test_who_names_a_substitute_and_no_answer_has_declined(session):
    assert back(session, small(invitees=[{"person": OTSO, "substitute": TAIMI}]))["invitees"] == [
        {"person": OTSO, "answer": "declined", "substitute": TAIMI}
    ]


def test_an_answer_given_here_is_exported_as_it_stands(session):
    imported = import_document(session, small(invitees=[{"person": OTSO, "represents": ["Siltaverkosto"]}]))
    otso = session.scalars(select(Invitee)).one()
    send_substitute(session, otso, **TAIMI, source="link", at=AT)
    exported = export_event(session, imported.event_id).document
    assert exported["event"]["invitees"] == [
        {"person": OTSO, "represents": ["Siltaverkosto"], "answer": "declined", "substitute": TAIMI}
    ]
    respond(session, otso, choice="accepted", mode="remote", comment="Pääsen sittenkin.", source="link", at=AT)
    exported = export_event(session, imported.event_id).document
    assert exported["event"]["invitees"] == [
        {
            "person": OTSO, "represents": ["Siltaverkosto"], "answer": "accepted", "mode": "remote",
            "comment": "Pääsen sittenkin.",
        }
    ]  # fmt: skip
    assert TAIMI["email"] not in json.dumps(exported)


# --- surveys ---

QUESTIONS = [
    {"key": "a", "kind": "single_choice", "text": "A?", "choices": ["x", "y"]},
    {"key": "b", "kind": "multiple_choice", "text": "B?", "choices": ["x", "y", "z"], "max": 2},
    {"key": "c", "kind": "scale", "text": "C?", "min": 1, "max": 4},
    {"key": "d", "kind": "ranking", "text": "D?", "choices": ["x", "y"]},
    {"key": "e", "kind": "number", "text": "E?", "min": 0},
    {"key": "f", "kind": "date", "text": "F?"},
    {"key": "g", "kind": "text", "text": "G?", "max": 5},
]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"a": 2}, ".a: there is no choice 2: they are 0 to 1"),
        ({"a": -1}, ".a: there is no choice -1: they are 0 to 1"),
        ({"a": "x"}, ".a: must be the index of a choice, from 0"),
        ({"a": True}, ".a: must be the index of a choice, from 0"),
        ({"a": [0]}, ".a: must be the index of a choice, from 0"),
        ({"b": 0}, ".b: must be a list: […]"),
        ({"b": [0, 3]}, ".b[1]: there is no choice 3: they are 0 to 2"),
        ({"b": [1, 1]}, ".b: names a choice twice"),
        ({"b": [0, 1, 2]}, ".b: must name from 0 to 2 choices"),
        ({"c": 0}, ".c: must be from 1 to 4, not 0"),
        ({"c": 5}, ".c: must be from 1 to 4, not 5"),
        ({"c": 2.5}, ".c: must be a whole number"),
        ({"d": [0, 0]}, ".d: names a choice twice"),
        ({"e": "12"}, ".e: must be a number"),
        ({"e": -0.5}, ".e: must be from 0 to 1e+15, not -0.5"),
        ({"f": "1.6.2026"}, ".f: must be a date such as 2026-10-25"),
        ({"g": "pitkä vastaus"}, ".g: must have from 0 to 5 characters"),
        ({"h": 1}, ".h: unknown key"),
        ({"person": OTSO}, ".person: an anonymous survey does not say who has answered"),
    ],
    ids=str,
)
def test_an_answer_of_the_wrong_kind_is_refused(answer, problem):
    survey = {"anonymous": True, "questions": QUESTIONS, "answers": [{}, answer]}
    assert problems(small(survey=survey)) == [f"event.survey.answers[1]{problem}"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ({"kind": "poll"}, ".kind: must be one of text, long_text, single_choice, multiple_choice, scale, matrix, "
                           "ranking, number, date, section, not “poll”"),
        ({"text": ""}, ".text: is empty"),
        ({"key": "person"}, ".key: “person” is taken: it says who has answered"),
        ({"key": "a"}, ".key: another question has the key “a”"),
        ({"kind": "single_choice"}, ".choices: is missing"),
        ({"kind": "ranking", "choices": []}, ".choices: must not be empty"),
        ({"choices": ["x"]}, ".choices: a question of kind text has no choices"),
        ({"min": 5, "max": 4}, ".max: must not be less than min, 5"),
        ({"kind": "scale", "min": 0.5}, ".min: must be a whole number"),
        ({"kind": "scale", "min": 3, "max": 3}, ".max: a scale must have from 2 to 1001 steps"),
        ({"shown_if": {"question": "q", "is": 0}}, ".shown_if.question: there is no question “q”"),
        ({"shown_if": {"question": "z", "is": 1}}, ".shown_if.question: the question would be shown by its own answer"),
        ({"shown_if": {"question": "a", "is": 2}}, ".shown_if.is: there is no choice 2: they are 0 to 1"),
        ({"shown_if": {"question": "a"}}, ".shown_if.is: is missing"),
        ({"shown_if": {"question": "c", "is": 9}}, ".shown_if.is: must be from 1 to 4, not 9"),
        ({"agenda_item": 1}, ".agenda_item: the agenda has 1 items, counted from 0"),
        ({"agenda_item": "Lopetus"}, ".agenda_item: no item of the agenda is called “Lopetus”"),
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(question, problem):
    questions = [*QUESTIONS, {"key": "z", "kind": "text", "text": "Z?"} | question]
    assert problems(small(agenda=[{"title": "Avaus"}], survey={"questions": questions})) == [
        f"event.survey.questions[7]{problem}"
    ]


def test_named_answers_say_whose_they_are_once():
    survey = {"questions": QUESTIONS, "answers": [{"a": 0}, {"person": OTSO}, {"person": OTSO, "c": 2}]}
    assert problems(small(survey=survey)) == [
        "event.survey.answers[0].person: is missing",
        "event.survey.answers[2].person: has answered twice, first at event.survey.answers[1].person",
    ]


def test_named_answers_come_back_in_the_order_of_the_file(session):
    answers = [{"person": person, "c": 3} for person in (PILVI, OTSO)]
    survey = {"questions": QUESTIONS, "answers": answers}
    assert back(session, small(survey=survey))["survey"]["answers"] == answers


def test_anonymous_answers_come_back_in_an_order_that_says_nothing(session):
    answers = [{"c": 4, "g": "b"}, {"g": "a"}, {"a": 1, "b": [2, 0], "d": [1]}, {}]
    survey = {"anonymous": True, "questions": QUESTIONS, "answers": answers}
    assert back(session, small(survey=survey))["survey"]["answers"] == [
        {"a": 1, "b": [2, 0], "d": [1]},
        {"c": 4, "g": "b"},
        {"g": "a"},
        {},
    ]
    assert set(session.scalars(select(Sheet.person_id))) == {None}


def test_an_item_of_the_agenda_is_meant_by_place_or_title(session):
    questions = [
        {"key": str(place), "kind": "text", "text": "?", "agenda_item": item} for place, item in enumerate(["B", 0])
    ]
    event = back(session, small(agenda=[{"title": "A"}, {"title": "B"}], survey={"questions": questions}))
    assert [question["agenda_item"] for question in event["survey"]["questions"]] == [1, 0]


# --- presence ---


def test_titles_and_organisations_stay_those_of_the_day(session):
    document = copy.deepcopy(SMALL) | {"organisations": [{"name": "Silta ry"}, {"name": "Lautta ry"}]}
    document["people"][0] |= {"title": "vartija", "organisation": "Silta ry"}
    document["event"]["attendance"] = [{"person": OTSO, "mode": "in_person"}]
    imported = import_document(session, document)
    later = copy.deepcopy(document)
    later["people"][0] |= {"title": None, "organisation": "Lautta ry"}
    import_document(session, later)
    row = {"person": OTSO, "organisation": "Silta ry", "title": "vartija", "mode": "in_person"}
    assert export_event(session, imported.event_id).document["event"]["attendance"] == [row]


def test_a_walk_in_belongs_to_an_organisation_that_is_known_else_to_its_name(session):
    document = copy.deepcopy(SMALL) | {"organisations": [{"name": "Silta ry", "abbreviation": "SR"}]}
    walk_ins = [{"name": "Anna von Aho", "organisation": "SR", "mode": "remote"}, {"name": "Bo", "organisation": "Muu"}]
    document["event"]["attendance"] = walk_ins
    imported = import_document(session, document)
    rows = session.scalars(select(Attendance).order_by(Attendance.position)).all()
    assert [(row.family_name, row.organisation_id is None, row.organisation_text) for row in rows] == [
        ("von Aho", False, None),
        ("Bo", True, "Muu"),
    ]
    assert export_event(session, imported.event_id).document["event"]["attendance"] == [
        walk_ins[0],
        walk_ins[1] | {"mode": "in_person"},
    ]


# --- recipients of other events ---


def test_another_event_is_meant_by_title_and_by_start_where_that_is_not_enough(session):
    for starts in ("2026-05-01T13:00", "2026-06-01T13:00"):
        import_document(session, small(title="Aamu", starts_at=starts))
    with pytest.raises(Invalid) as refusal:
        import_document(session, small(memo={"distribution": [{"attended": True, "event": "Aamu"}]}))
    assert refusal.value.problems == [
        ("event.memo.distribution[0].event", "2 events are called “Aamu”: give {title, starts_at}")
    ]
    entry = {"attended": True, "event": {"title": "Aamu", "starts_at": "2026-06-01T13:00"}}
    assert back(session, small(memo={"distribution": [entry]}))["memo"]["distribution"] == [entry]


def test_an_event_names_itself_in_its_own_papers_by_saying_nothing(session):
    entry = {"invited": True, "event": "Siltojen ilta"}
    assert back(session, small(memo={"distribution": [entry]}))["memo"]["distribution"] == [{"invited": True}]


# --- the whole ---


def test_everyone_of_an_organisation_that_receives_the_memo_goes_along(session):
    document = copy.deepcopy(SMALL) | {"organisations": [{"name": "Silta ry"}]}
    document["people"].append({"name": "Taimi Tervo", "organisation": "Silta ry"})
    document["event"]["memo"] = {"distribution": [{"organisation": "Silta ry"}]}
    exported = export_event(session, import_document(session, document).event_id).document
    assert [one["name"] for one in exported["people"]] == ["Otso Oras", "Taimi Tervo"]


def test_an_event_without_survey_and_memo_has_none_and_with_empty_ones_keeps_them(session):
    assert set(back(session, small())) == {"title", "convener", "language", "time_zone", "starts_at"}
    event = back(session, small(survey={}, memo={}))
    assert (event["survey"], event["memo"]) == ({}, {})


@pytest.mark.parametrize(("zone", "hour"), [("Europe/Helsinki", 3), ("Europe/Stockholm", 2)])
def test_a_time_that_occurs_twice_keeps_its_offset(session, zone, hour):
    starts = f"2026-10-25T0{hour}:30+0{hour - 1}:00"
    assert back(session, small(time_zone=zone, starts_at=starts))["starts_at"] == starts


def test_queries_do_not_grow_with_the_event(session, connection):
    def queries(people: int) -> tuple[int, int]:
        names = [f"p{people}-{number}@silta.example" for number in range(people)]
        document = small(
            invitees=[{"person": name, "represents": ["Siltaverkosto"], "answer": "accepted"} for name in names],
            attendance=[{"person": name} for name in names],
        )
        document["people"] += [{"name": f"Nimi {name}", "email": name} for name in names]
        with counting(connection) as importing:
            imported = import_document(session, document)
        with counting(connection) as exporting:
            export_event(session, imported.event_id)
        # SQLite takes new rows one at a time
        return sum(one.startswith("SELECT") for one in importing), len(exporting)

    queries(1)
    assert queries(2) == queries(6)


def test_the_moment_of_the_import_dates_the_answers(session):
    import_document(session, small(invitees=[{"person": OTSO, "answer": "tentative"}]))
    assert session.scalars(select(Response.responded_at)).one() == AT
