"""Otso fills the survey in on his page: named, anonymous, incomplete, too late."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.surveys.models import Answer, Choice, Question, Sheet, Survey, SurveyParticipation
from app.surveys.sheets import who_answered

CLOSED = datetime(2026, 9, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def survey(session, stage) -> Survey:
    """Three questions: a required text, one of two, and one that only the second choice asks for."""
    survey = Survey(event_id=stage.event.id, title="Ennakkokysely", closes_at=datetime(2026, 9, 8, 16, 0))
    first = Question(key="a", position=0, kind="long_text", text="Mikä yhdistää?", required=True)
    ends = [Choice(position=0, text="Ei pääty"), Choice(position=1, text="Päättyy")]
    second = Question(key="b", position=1, kind="single_choice", text="Päättyykö työnne?", choices=ends)
    survey.questions = [first, second]
    session.add(survey)
    session.flush()
    when = Question(key="c", position=2, kind="date", text="Milloin?", required=True, survey_id=survey.id)
    when.shown_if_id, when.shown_if_value = second.id, ends[1].id
    survey.questions.append(when)
    session.commit()
    return survey


@pytest.fixture
def fill_in(client, survey, page):
    """Send the survey as a browser does, with answers in the order of its questions."""

    def send(*answers: str, act: str = "send", **more):
        marks = dict(re.findall(r'name="(q\d+-stamp)" value="(\w*)"', client.get(page).text))
        fields = {f"q{question.id}": text for question, text in zip(survey.questions, answers, strict=False)}
        return client.post(
            f"{page}/survey", data={"public_id": page.rsplit("/", 1)[1], "act": act, **marks, **fields, **more}
        )

    return send


@pytest.fixture
def no(survey) -> str:
    return str(survey.questions[1].choices[0].id)


@pytest.fixture
def yes(survey) -> str:
    return str(survey.questions[1].choices[1].id)


def test_otso_fills_it_in_sees_what_was_saved_and_changes_it(client, session, stage, survey, page, fill_in, no, yes):
    sent = fill_in("Sama tavoite.", no)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{page}#survey")
    text = client.get(page).text
    assert "You have sent the survey" in text and "2 of 2 answered" in text and "Sama tavoite." in text
    fill_in("Sama huoli.", yes, "31.12.2026")
    assert "3 of 3 answered" in client.get(page).text
    values = set(map(tuple, session.execute(select(Answer.part, Answer.text))))
    assert values == {(0, "Sama huoli."), (int(yes), None), (0, "2026-12-31")}
    assert who_answered(session, survey.id) == {stage.otso.person_id}


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(session, survey, fill_in, yes):
    refused = fill_in("", yes, "joskus")
    assert refused.status_code == 422
    first, _second, third = survey.questions
    assert f'href="#field-q{first.id}"' in refused.text and f'href="#field-q{third.id}"' in refused.text
    assert f'value="{yes}" checked' in refused.text and 'value="joskus"' in refused.text
    assert [tuple(row) for row in session.execute(select(Answer.part, Sheet.sent).join(Sheet))] == [(int(yes), False)]


def test_an_answer_that_is_hidden_again_is_not_kept(session, survey, fill_in, no):
    fill_in("Sama tavoite.", no, "31.12.2026")
    assert session.scalar(select(Answer.part).where(Answer.question_id == survey.questions[2].id)) is None


def test_an_anonymous_survey_says_so_first_and_keeps_no_trace_of_who(client, session, stage, survey, page, fill_in, no):
    survey.anonymous = True
    session.commit()
    assert "The survey is anonymous" in client.get(page).text and "only in this same browser" in client.get(page).text
    assert fill_in("Sama tavoite.", no).status_code == 303
    assert "You have sent the survey" in client.get(page).text and "Sama tavoite." in client.get(page).text
    sheet = session.scalars(select(Sheet)).one()
    assert (sheet.person_id, sheet.sent) == (None, True)
    assert session.execute(select(SurveyParticipation.person_id)).scalars().all() == [stage.otso.person_id]
    assert fill_in("Sama huoli.", no).status_code == 303
    assert session.scalars(select(Answer.text).where(Answer.question_id == survey.questions[0].id)).all() == [
        "Sama huoli."
    ]


def test_in_another_browser_an_anonymous_answer_is_neither_shown_nor_given_twice(
    client, session, survey, page, fill_in, no
):
    survey.anonymous = True
    session.commit()
    fill_in("Sama tavoite.", no)
    client.cookies.delete(f"s_{page.rsplit('/', 1)[1]}")
    text = client.get(page).text
    assert "You have answered the survey" in text and "Sama tavoite." not in text and "<textarea" in text
    assert f'name="q{survey.questions[0].id}"' not in text
    assert fill_in("Toinen kerta.", no).status_code == 409
    assert session.query(Sheet).count() == 1


@pytest.mark.parametrize("anonymous", [False, True])
def test_after_the_closing_it_says_so_and_gives_back_what_was_typed(
    client, session, survey, page, fill_in, no, anonymous
):
    survey.anonymous = anonymous
    session.commit()
    client.app.state.clock = lambda: CLOSED
    assert "The survey closed 8" in client.get(page).text.replace("\N{NO-BREAK SPACE}", " ")
    late = fill_in("Myöhäinen ajatus.", no)
    assert late.status_code == 409 and "Myöhäinen ajatus." in late.text and "saima@rm.example" in late.text
    assert session.scalar(select(Sheet.id)) is None


@pytest.mark.parametrize(
    ("anonymous", "attribution", "promise"),
    [
        (False, "group", "shows your answers as those of Saavutettavuusverkosto"),
        (False, "person", "shown with your name"),
        (True, "group", "nobody can find out which ones are yours"),
    ],
)
def test_what_becomes_of_the_answers_is_said_before(client, session, survey, page, anonymous, attribution, promise):
    survey.anonymous, survey.attribution = anonymous, attribution
    session.commit()
    assert promise in client.get(page).text


def test_an_event_without_a_survey_takes_none(client, stage, page):
    assert client.post(f"{page}/survey", data={"public_id": page.rsplit("/", 1)[1]}).status_code == 404
