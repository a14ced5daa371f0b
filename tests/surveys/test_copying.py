"""Questions are copied from earlier surveys and templates, with all that belongs to them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.surveys.models import Choice, Question, Survey
from tests import cast

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def source(session, survey) -> Survey:
    """The survey with a condition, a retired option, a retired question, and Swedish beside it."""
    first, asks, scale = survey.questions
    survey.translations = {"sv": {"title": "Förhandsenkät"}}
    asks.translations = {"sv": {"text": "Upphör ert arbete?"}, "en": {"text": "Does it end?"}}
    asks.choices[1].translations = {"sv": {"text": "Upphör"}}
    asks.choices.append(Choice(position=2, text="Ehkä", retired=True))
    scale.shown_if_id, scale.shown_if_value = asks.id, asks.choices[1].id
    scale.low, scale.high = "ei", "kyllä"
    survey.questions.append(Question(key="q4", position=3, kind="text", text="Vanha?", retired=True, choices=[]))
    session.commit()
    return survey


@pytest.fixture
def target(session):
    """The archipelago's consultation, in Swedish, without a survey."""
    event = cast.event(session, cast.group(session, "Skärgårdsrådet"), title="Samråd", language="sv")
    session.commit()
    return event


def copy(browser, event, source, questions, **more):
    form = {"source": str(source.id), "question": [str(one.id) for one in questions], **more}
    return browser.post(f"/events/{event.id}/survey/copy", data=form)


def copied(session, event) -> list[Question]:
    session.expire_all()
    query = select(Question).join(Survey).where(Survey.event_id == event.id).order_by(Question.position)
    return list(session.scalars(query))


def test_all_that_belongs_to_a_question_comes_along(signed_in, session, source, target):
    sent = copy(signed_in, target, source, source.questions, about="on")
    assert sent.status_code == 303
    survey = session.scalars(select(Survey).where(Survey.event_id == target.id)).one()
    assert (survey.language, survey.title) == ("sv", "Förhandsenkät")
    assert survey.translations == {"fi": {"title": "Ennakkokysely"}}
    _text, asks, scale = copied(session, target)
    assert (asks.text, asks.translations) == (
        "Upphör ert arbete?", {"fi": {"text": "Päättyykö työnne?"}, "en": {"text": "Does it end?"}},
    )  # fmt: skip
    choices = session.scalars(select(Choice).where(Choice.question_id == asks.id).order_by(Choice.position)).all()
    assert [(one.text, one.translations) for one in choices] == [
        ("Ei pääty", {}), ("Upphör", {"fi": {"text": "Päättyy"}}),
    ]  # fmt: skip
    assert (scale.shown_if_id, scale.shown_if_value) == (asks.id, choices[1].id)
    assert (scale.low, scale.high, scale.minimum, scale.maximum) == ("ei", "kyllä", 1, 5)


def test_a_condition_whose_question_stays_behind_is_dropped_and_said(signed_in, session, source, target):
    copy(signed_in, target, source, [source.questions[2]])
    [scale] = copied(session, target)
    assert (scale.text, scale.shown_if_id, scale.shown_if_value) == ("Kuinka tärkeää?", None, None)
    page = signed_in.get(f"/events/{target.id}/survey").text
    assert "1 question is copied to the end." in page and "asked of everybody" in page and "“Kuinka tärkeää?”" in page


def test_copies_stand_after_what_there_is_and_do_not_take_over_the_survey(signed_in, session, source, target):
    session.add(Survey(event_id=target.id, title="Min", questions=[]))
    session.commit()
    for _time in range(2):
        copy(signed_in, target, source, source.questions[:1], about="on")
    assert [(one.key, one.position) for one in copied(session, target)] == [("q1", 0), ("q2", 1)]
    assert session.scalars(select(Survey.title).where(Survey.event_id == target.id)).one() == "Min"


@pytest.mark.parametrize("questions", [[], ["999"], ["x"]])
def test_something_must_be_chosen(signed_in, source, target, questions):
    form = {"source": str(source.id), "question": questions}
    refused = signed_in.post(f"/events/{target.id}/survey/copy", data=form)
    assert refused.status_code == 422 and "Choose at least one question." in refused.text


def test_a_survey_is_no_source_of_itself(signed_in, source, event):
    assert signed_in.get(f"/events/{event.id}/survey/copy?source={source.id}").status_code == 404
    assert copy(signed_in, event, source, source.questions).status_code == 404


def test_sources_are_templates_first_then_the_newest_and_are_found_by_words(signed_in, session, source, target):
    for name, when in (("Kevään päivä", 3), ("Syksyn päivä", 9)):
        event = cast.event(
            session, cast.group(session, name), title=name, starts_at=target.starts_at.replace(month=when)
        )
        questions = [Question(key="q1", position=0, kind="text", text="?", choices=[])]
        session.add(Survey(event_id=event.id, questions=questions))
    session.commit()
    signed_in.post(f"/events/{source.event_id}/survey/template", data={"name": "Päivän pohja"})
    page = signed_in.get(f"/events/{target.id}/survey/copy").text
    names = ["Päivän pohja", "Verkostojen iltapäivä", "Syksyn päivä", "Kevään päivä"]
    assert sorted(names, key=page.index)[0] == "Päivän pohja"
    assert page.index("Syksyn päivä") < page.index("Kevään päivä")
    found = signed_in.get(f"/events/{target.id}/survey/copy?q=päivä+kevään").text
    assert [name in found for name in names] == [False, False, False, True]


def test_a_survey_is_kept_as_a_template_replaced_and_deleted(signed_in, session, source, event):
    keep, templates = f"/events/{event.id}/survey/template", select(func.count()).where(Survey.template_name == "Pohja")
    assert signed_in.post(keep, data={"name": " "}).status_code == 422
    assert signed_in.post(keep, data={"name": "Pohja"}).status_code == 303
    taken = signed_in.post(keep, data={"name": "Pohja"})
    assert taken.status_code == 422 and "Replace the template “Pohja”" in taken.text
    before = session.scalar(select(Survey.id).where(Survey.template_name == "Pohja"))
    assert signed_in.post(keep, data={"name": "Pohja", "replace": "on"}).status_code == 303
    assert session.scalar(templates) == 1
    template = session.scalar(select(Survey.id).where(Survey.template_name == "Pohja"))
    assert session.get(Survey, before, populate_existing=True) is None or before == template
    assert session.scalar(select(func.count()).where(Question.survey_id == template)) == 3
    for path in ("/surveys", f"/surveys/{template}", f"/surveys/{template}/delete"):
        assert "Pohja" in signed_in.get(path).text
    assert "with its 3 questions" in signed_in.get(f"/surveys/{template}/delete").text
    assert signed_in.post(f"/surveys/{source.id}/delete").status_code == 404
    assert signed_in.post(f"/surveys/{template}/delete").status_code == 303
    assert session.scalar(templates) == 0
    assert session.scalar(select(func.count()).where(Question.survey_id == source.id)) == 4


@pytest.mark.parametrize("source", ["99999999999999999999", "-1", "0", "kysely", "9" * 5000])
def test_what_is_no_survey_is_not_found(signed_in, event, source):
    assert signed_in.get(f"/events/{event.id}/survey/copy?source={source}").status_code == 404
