"""Sheets are kept, replaced, and, where that was promised, nobody's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.errors import Refused
from app.surveys.answering import shown
from app.surveys.keeping import save
from app.surveys.models import Answer, Question, Sheet
from app.surveys.sheets import asked, has_answered, sheet_of, survey_of, who_answered
from app.surveys.tally import may_show, summary_of
from tests import cast
from tests.conftest import counting


def test_a_later_sheet_replaces_an_earlier_one(session, survey):
    otso = cast.person(session, "Otso Oksanen")
    text, choice, scale = survey.questions
    assert sheet_of(session, survey, otso.id) is None
    save(session, survey, otso.id, {text.id: "Tavoite", scale.id: 4})
    save(session, survey, otso.id, {text.id: "Huoli", choice.id: choice.choices[1].id})
    assert sheet_of(session, survey, otso.id) == {text.id: "Huoli", choice.id: choice.choices[1].id}
    assert session.query(Sheet).count() == 1


def test_a_sheet_without_answers_is_a_sheet(session, survey):
    otso = cast.person(session, "Otso Oksanen")
    save(session, survey, otso.id, {})
    assert sheet_of(session, survey, otso.id) == {}


def test_anonymous_sheets_have_no_person_and_come_once_each(session, survey):
    survey.anonymous = True
    people = [cast.person(session, f"Vieras {letter}") for letter in "ABC"]
    for place, person in enumerate(people):
        save(session, survey, person.id, {survey.questions[2].id: place + 1})
    with pytest.raises(Refused):
        save(session, survey, people[0].id, {})
    assert set(session.scalars(select(Sheet.person_id))) == {None}
    assert who_answered(session, survey.id) == {person.id for person in people}
    assert has_answered(session, survey, people[0].id)
    assert sheet_of(session, survey, people[0].id) is None
    assert len(session.scalars(select(Answer)).all()) == 3


def answered_by(session, event, survey, count):
    network = cast.group(session, "Saavutettavuusverkosto")
    board = cast.group(session, "Verkkoneuvosto")
    for place in range(count):
        person = cast.person(session, f"Vieras {'ABCDEFG'[place]}")
        cast.invitee(session, event, person, *((network, board) if place == 0 else (network,)), position=count - place)
        text, choice, scale = survey.questions
        values = {text.id: f"teksti {place}", choice.id: choice.choices[place % 2].id, scale.id: place % 5 + 1}
        save(session, survey, person.id, values)
    cast.invitee(session, event, cast.person(session, "Hiljainen Vieras"), position=99)


def test_the_summary_counts_who_answered_and_what(session, event, survey):
    answered_by(session, event, survey, 3)
    summary = summary_of(session, survey, event, True)
    assert (summary.invited, summary.answered, summary.rate) == (4, 3, 0.75)
    text, choice, scale = summary.questions
    assert text.texts == [
        ("teksti 2", "Saavutettavuusverkosto"),
        ("teksti 1", "Saavutettavuusverkosto"),
        ("teksti 0", "Saavutettavuusverkosto and Verkkoneuvosto"),
    ]
    assert choice.rows == [("Ei pääty", 2), ("Päättyy", 1)]
    assert scale.rows == [("1", 1), ("2", 1), ("3", 1), ("4", 0), ("5", 0)]
    assert (scale.mean, scale.answered, scale.suppressed) == (2, 3, False)


def test_by_name_the_summary_names_people(session, event, survey):
    survey.attribution = "person"
    answered_by(session, event, survey, 2)
    assert [whose for _text, whose in summary_of(session, survey, event, True).questions[0].texts] == [
        "Vieras B",
        "Vieras A",
    ]


@pytest.mark.parametrize(("count", "told"), [(4, False), (5, True)])
def test_of_four_anonymous_answers_nothing_is_told(session, event, survey, count, told):
    survey.anonymous = True
    answered_by(session, event, survey, count)
    summary = summary_of(session, survey, event, True)
    assert summary.suppressed is not told
    assert [question.suppressed for question in summary.questions] == [not told] * 3
    assert [whose for _text, whose in summary.questions[0].texts] == ([None] * 5 if told else [])


@pytest.mark.parametrize(("anonymous", "closed", "shown"), [(0, 0, 1), (0, 1, 1), (1, 0, 0), (1, 1, 1)])
def test_anonymous_figures_wait_for_the_closing(survey, anonymous, closed, shown):
    survey.anonymous = bool(anonymous)
    assert may_show(survey, bool(closed)) is bool(shown)


def test_reading_a_survey_costs_three_queries(session, event, survey, connection):
    session.expire_all()
    event_id = event.id
    with counting(connection) as statements:
        survey_of(session, event_id)
    assert len(statements) == 3


def test_what_stands_under_a_retired_heading_is_asked_as_before(survey):
    text, asks, scale = survey.questions
    heading = Question(id=10_000, key="h", position=0, kind="section", text="Otsikko", retired=True, choices=[])
    survey.questions.insert(1, heading)
    assert [one.id for one in shown(asked(survey), {})] == [text.id, asks.id, scale.id]
    heading.shown_if_id, heading.shown_if_value = text.id, "kyllä"
    assert [one.id for one in shown(asked(survey), {})] == [text.id]
