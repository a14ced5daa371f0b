"""Both Otsos have answered the survey."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.duplicates.merging import merge
from app.duplicates.sheets import sheets_of
from app.surveys.keeping import save
from app.surveys.models import Question, Sheet, Survey, SurveyParticipation
from app.surveys.sheets import sheet_of, survey_of


@pytest.fixture
def survey(session, otsos) -> Survey:
    survey = Survey(event_id=otsos.event.id)
    survey.questions = [
        Question(key=f"q{number}", position=number, kind="text", text=f"Kysymys {number}", choices=[])
        for number in range(3)
    ]
    session.add(survey)
    session.commit()
    return survey_of(session, otsos.event.id)


def test_what_one_sheet_leaves_open_is_taken_over(session, otsos, survey):
    first, second, third = (question.id for question in survey.questions)
    save(session, survey, otsos.older.id, {first: "sama"})
    save(session, survey, otsos.newer.id, {first: "sama", third: "lisää"})
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert sheet_of(session, survey_of(session, otsos.event.id), otsos.older.id) == {first: "sama", third: "lisää"}
    assert session.scalar(select(func.count()).select_from(Sheet)) == 1


@pytest.mark.parametrize("stands", ["older", "newer"])
def test_where_they_differ_the_chosen_sheet_stands(session, otsos, survey, stands):
    first, second, _third = (question.id for question in survey.questions)
    save(session, survey, otsos.older.id, {first: "vanha", second: "vain vanha"})
    save(session, survey, otsos.newer.id, {first: "uusi"})
    pair = sheets_of(session, otsos.older.id, otsos.newer.id)[0]
    assert (pair.fuller, pair.differ) == (otsos.older.id, True)
    merge(session, otsos.older.id, otsos.newer.id, {}, {survey.id: getattr(otsos, stands).id})
    assert sheet_of(session, survey_of(session, otsos.event.id), otsos.older.id) == {
        first: {"older": "vanha", "newer": "uusi"}[stands], second: "vain vanha",
    }  # fmt: skip


def test_a_sheet_that_only_one_has_is_the_one_persons(session, otsos, survey):
    answers = {survey.questions[0].id: "uusi"}
    save(session, survey, otsos.newer.id, answers)
    assert sheets_of(session, otsos.older.id, otsos.newer.id) == []
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert sheet_of(session, survey_of(session, otsos.event.id), otsos.older.id) == answers


def test_both_anonymous_sheets_stay_and_the_person_has_answered_once(session, otsos, survey):
    survey.anonymous = True
    for person in (otsos.older, otsos.newer):
        save(session, survey, person.id, {survey.questions[0].id: person.email})
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert session.scalar(select(func.count()).select_from(Sheet)) == 2
    assert session.scalars(select(SurveyParticipation.person_id)).all() == [otsos.older.id]
