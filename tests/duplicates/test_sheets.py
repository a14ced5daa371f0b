"""Both Otsos have answered the survey."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.duplicates.merging import merge
from app.duplicates.sheets import sheets_of
from app.surveys.keeping import keep, save
from app.surveys.models import AnswerTheme, Question, Quote, Sheet, Survey, SurveyParticipation, ThemedAnswer
from app.surveys.sheets import held_sheet, sheet_of, survey_of
from app.surveys.theming import add_theme, choose_quotes, sort_answers


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
    assert (pair.preferred, pair.differ) == (otsos.older.id, True)
    merge(session, otsos.older.id, otsos.newer.id, {}, {survey.id: getattr(otsos, stands).id})
    assert sheet_of(session, survey_of(session, otsos.event.id), otsos.older.id) == {
        first: {"older": "vanha", "newer": "uusi"}[stands], second: "vain vanha",
    }  # fmt: skip


@pytest.mark.parametrize("stands", [None, "older", "newer"])
def test_what_was_sent_stays_sent_and_is_preferred_to_what_was_only_begun(session, otsos, survey, stands):
    first, second, _third = (question.id for question in survey.questions)
    keep(session, survey, otsos.older.id, {first: "aloitettu", second: "lisää"})
    save(session, survey, otsos.newer.id, {first: "lähetetty"})
    assert sheets_of(session, otsos.older.id, otsos.newer.id)[0].preferred == otsos.newer.id
    chosen = {survey.id: getattr(otsos, stands).id} if stands else {}
    merge(session, otsos.older.id, otsos.newer.id, {}, chosen)
    held = held_sheet(session, survey_of(session, otsos.event.id), otsos.older.id)
    words = "aloitettu" if stands == "older" else "lähetetty"
    assert (held.sent, held.values) == (True, {first: words, second: "lisää"})


def test_two_that_were_only_begun_become_one_that_is_not_sent(session, otsos, survey):
    first, second, _third = (question.id for question in survey.questions)
    keep(session, survey, otsos.older.id, {first: "yksi"})
    keep(session, survey, otsos.newer.id, {first: "yksi", second: "kaksi"})
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert held_sheet(session, survey_of(session, otsos.event.id), otsos.older.id).sent is False


def test_quotes_and_themes_follow_the_answers_that_stay(session, otsos, survey):
    """The older record's sheet stands: it leaves the third question open, and of the second it says something else."""
    same, differs, left_open = survey.questions
    save(session, survey, otsos.older.id, {same.id: "sama", differs.id: "jää"})
    save(session, survey, otsos.newer.id, {same.id: "sama", differs.id: "katoaa", left_open.id: "siirtyy"})
    ids = sheets_of(session, otsos.older.id, otsos.newer.id)[0].ids
    older, newer = ids[otsos.older.id], ids[otsos.newer.id]
    for question in survey.questions:
        themes = [add_theme(session, question, title).id for title in ("Tieto", "Aika")]
        choose_quotes(session, question, [], [(newer, 0)])
        sort_answers(session, question, {(newer, 0): []}, {(newer, 0): themes})
        if question is same:
            choose_quotes(session, question, [], [(older, 0)])
            sort_answers(session, question, {(older, 0): []}, {(older, 0): themes[:1]})
    merge(session, otsos.older.id, otsos.newer.id, {}, {survey.id: otsos.older.id})
    quoted = session.execute(select(Quote.sheet_id, Quote.question_id, Quote.part).order_by(Quote.question_id)).all()
    assert quoted == [(older, same.id, 0), (older, left_open.id, 0)]
    themed = session.execute(
        select(ThemedAnswer.sheet_id, AnswerTheme.question_id, AnswerTheme.title)
        .join(AnswerTheme, AnswerTheme.id == ThemedAnswer.theme_id).order_by(AnswerTheme.id)
    ).all()  # fmt: skip
    assert themed == [
        (older, same.id, "Tieto"), (older, same.id, "Aika"), (older, left_open.id, "Tieto"),
        (older, left_open.id, "Aika"),
    ]  # fmt: skip
    assert sheet_of(session, survey_of(session, otsos.event.id), otsos.older.id) == {
        same.id: "sama", differs.id: "jää", left_open.id: "siirtyy",
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
