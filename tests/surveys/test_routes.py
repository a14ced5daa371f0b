"""Helmi writes a survey in place; what was answered keeps its meaning."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.surveys.keeping import save
from app.surveys.models import Choice, Question, Survey
from tests import cast
from tests.conftest import counting

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def answered(session, survey):
    """Otso has answered the choice with its second option."""
    save(
        session,
        survey,
        cast.person(session, "Otso Oksanen").id,
        {survey.questions[1].id: survey.questions[1].choices[1].id},
    )
    session.commit()


def questions(session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Question.text).order_by(Question.position)))


def test_a_stranger_is_asked_to_sign_in(client, survey, here):
    for path in (here, f"{here}/preview", f"{here}/results"):
        assert client.get(path).headers["location"].startswith("/sign-in")


def test_helmi_begins_a_survey_and_asks(signed_in, session, event, here):
    assert "No survey yet" in signed_in.get(here).text
    signed_in.post(here)
    signed_in.post(here, data={"title": "Kysely", "promise": "anonymous", "closes_at": "2026-09-08T16:00"})
    survey = session.scalars(select(Survey)).one()
    assert (survey.title, survey.anonymous, survey.closes_at) == ("Kysely", True, datetime(2026, 9, 8, 16, 0))
    sent = signed_in.post(
        f"{here}/questions",
        data={"text": "Milloin?", "kind": "single_choice", "choices": "aamulla\r\n\r\n illalla ", "required": "on"},
    )
    assert (sent.status_code, sent.headers["location"]) == (303, here)
    question = session.scalars(select(Question)).one()
    assert (question.key, question.kind, question.required) == ("q1", "single_choice", True)
    assert session.scalars(select(Choice.text).order_by(Choice.position)).all() == ["aamulla", "illalla"]
    assert "Milloin?" in signed_in.get(here).text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": "", "kind": "text"}, "text"),
        ({"text": "Mitä?", "kind": ""}, "kind"),
        ({"text": "Mitä?", "kind": "essay"}, "kind"),
        ({"text": "Mitä?", "kind": "single_choice", "choices": ""}, "choices"),
        ({"text": "Mitä?", "kind": "single_choice", "choices": "yksi"}, "choices"),
        ({"text": "Mitä?", "kind": "ranking", "choices": "yksi\nyksi"}, "choices"),
        ({"text": "Mitä?", "kind": "scale", "minimum": "5", "maximum": "1"}, "maximum"),
        ({"text": "Mitä?", "kind": "scale", "minimum": "0", "maximum": "100"}, "maximum"),
        ({"text": "Mitä?", "kind": "scale", "minimum": "yksi"}, "minimum"),
        ({"text": "Mitä?", "kind": "number", "minimum": "nan"}, "minimum"),
        ({"text": "Mitä?", "kind": "text", "shown_if": "1:1"}, "shown_if"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(signed_in, session, survey, here, fields, wrong):
    refused = signed_in.post(f"{here}/questions", data=fields)
    assert refused.status_code == 422
    assert f'id="field-{wrong}-error"' in refused.text and fields["text"] in refused.text
    assert len(questions(session)) == 3


def test_a_closing_time_that_the_clock_skips_is_refused(signed_in, survey, here):
    refused = signed_in.post(here, data={"promise": "group", "closes_at": "2027-03-28T03:30"})
    assert refused.status_code == 422 and 'id="field-closes_at-error"' in refused.text


def test_questions_are_edited_and_ordered_in_place(signed_in, session, survey, here):
    first, second, third = (question.id for question in survey.questions)
    assert "Mikä yhdistää?</textarea>" in signed_in.get(f"{here}?edit={first}").text
    signed_in.post(f"{here}/questions/{first}", data={"text": "Mikä erottaa?", "kind": "text"})
    signed_in.post(f"{here}/questions/{third}/move", data={"steps": "-1"})
    signed_in.post(f"{here}/questions/{first}/move", data={"steps": "-1"})
    assert questions(session) == ["Mikä erottaa?", "Kuinka tärkeää?", "Päättyykö työnne?"]
    signed_in.post(f"{here}/questions/{third}/removal")
    assert questions(session) == ["Mikä erottaa?", "Päättyykö työnne?"]
    assert signed_in.post(f"{here}/questions/{third}/removal").status_code == 404


def test_what_is_lost_with_a_question_is_said_before(signed_in, session, survey, here):
    removal = f"{here}/questions/{survey.questions[1].id}/removal"
    asked = signed_in.post(removal)
    assert (asked.status_code, asked.headers["location"]) == (303, removal)
    assert "its 2 options, from “Ei pääty” on" in signed_in.get(removal).text
    signed_in.post(removal, data={"sure": "yes"})
    assert questions(session) == ["Mikä yhdistää?", "Kuinka tärkeää?"]


def test_htmx_gets_the_whole_state_as_one_fragment(signed_in, survey, here):
    sent = signed_in.post(
        f"{here}/questions", data={"text": "Mitä muuta?", "kind": "text"}, headers={"HX-Request": "true"}
    )
    assert sent.status_code == 200
    assert sent.text.lstrip().startswith('<div id="survey">') and "Mitä muuta?" in sent.text


def test_a_question_waits_for_an_answer_until_that_is_gone(signed_in, session, survey, here):
    asks = survey.questions[1]
    ends = asks.choices[1].id
    signed_in.post(f"{here}/questions", data={"text": "Milloin?", "kind": "date", "shown_if": f"{asks.id}:{ends}"})
    query = select(Question.shown_if_id, Question.shown_if_value).where(Question.text == "Milloin?")
    assert session.execute(query).one() == (asks.id, ends)
    assert "If you answered “Päättyy”" in signed_in.get(f"{here}/preview").text
    signed_in.post(
        f"{here}/questions/{asks.id}",
        data={"text": "Päättyykö?", "kind": "single_choice", "choices": "Ei\nEn tiedä\nEhkä"},
    )
    session.expire_all()
    assert session.execute(query).one() == (None, None)


@pytest.mark.usefixtures("answered")
def test_what_was_answered_keeps_its_meaning(signed_in, session, survey, here):
    asks = survey.questions[1]
    edit, fields = f"{here}/questions/{asks.id}", {"text": "Päättyykö?", "kind": "single_choice"}
    for change in ({"kind": "text"}, {"choices": "Ei pääty\nEhkä\nEn tiedä"}):
        refused = signed_in.post(edit, data=fields | change)
        assert refused.status_code == 422
    assert signed_in.post(f"{edit}/removal").status_code == 409
    assert signed_in.post(here, data={"promise": "anonymous"}).status_code == 422
    mended = signed_in.post(edit, data=fields | {"choices": "Ei pääty\nPäättyy vuonna 2027"})
    assert mended.status_code == 303
    assert "Päättyy vuonna 2027" in signed_in.get(f"{here}/results").text


@pytest.mark.usefixtures("answered")
def test_results_show_the_rate_and_the_figures(signed_in, session, survey, event, here):
    text = signed_in.get(f"{here}/results").text
    assert "1 of 0 have answered" in text and "Päättyy" in text
    survey.anonymous = True
    session.commit()
    assert "still open" in signed_in.get(f"{here}/results").text
    survey.closes_at = datetime(2026, 9, 1, 11, 59)
    session.commit()
    closed = signed_in.get(f"{here}/results").text
    assert "Fewer than five have answered" in closed and "Päättyy" not in closed


def test_pages_cost_the_same_for_three_questions_and_for_thirty(signed_in, session, survey, here, connection):
    paths = (here, f"{here}/preview", f"{here}/results")

    def costs():
        counted = []
        for path in paths:
            session.expire_all()
            with counting(connection) as statements:
                signed_in.get(path)
            counted.append(len(statements))
        return counted

    few = costs()
    for number in range(27):
        more = Question(survey_id=survey.id, key=f"m{number}", position=9 + number, kind="single_choice", text="Mitä?")
        more.choices = [Choice(position=0, text="a"), Choice(position=1, text="b")]
        session.add(more)
    session.commit()
    assert costs() == few
