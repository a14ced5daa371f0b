"""A blank says what the survey says: it is only read in another way."""

from __future__ import annotations

import pytest

from app.language import speaking
from app.surveys.blank import Blank, BlankChoice, BlankQuestion, blank_of
from app.surveys.models import Choice, Question, Survey
from app.surveys.sheets import asked, survey_of
from app.surveys.showing import notes_of
from app.web import Form
from tests import cast
from tests.conftest import counting
from tests.guests.every_kind import by_key, every_kind


@pytest.fixture
def stored(session) -> Survey:
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    survey = every_kind(session, event, introduction="Kysymme ensin.", translations={"sv": {"title": "Förfrågan"}})
    by_key(survey, "order").choices[0].retired = by_key(survey, "hours").retired = True
    by_key(survey, "name").translations = {"sv": {"text": "Vilket är det viktigaste?"}}
    by_key(survey, "ways").choices[1].translations = {"sv": {"text": "På möten"}}
    by_key(survey, "ends").position = 30  # nothing stands in the order in which it was added
    by_key(survey, "works").choices[0].position = 30
    cast_aside = every_kind(session, cast.event(session, cast.group(session, "Verkosto")))
    assert cast_aside.id != survey.id
    session.flush()
    session.expunge_all()
    return survey_of(session, event.id)


@pytest.mark.parametrize(("blank", "model"), [(Blank, Survey), (BlankQuestion, Question), (BlankChoice, Choice)])
def test_its_names_are_the_survey_s(blank, model):
    assert [name for name in blank._fields if not hasattr(model, name)] == []


def test_every_value_is_the_survey_s(session, stored):
    blank = blank_of(session, stored.event_id)
    assert values(blank, Blank) == values(stored, Blank)
    pairs = list(zip(blank.questions, stored.questions, strict=True))
    assert [values(mine, BlankQuestion) for mine, _ in pairs] == [values(theirs, BlankQuestion) for _, theirs in pairs]
    for mine, theirs in pairs:
        assert [values(one, BlankChoice) for one in mine.choices] == [
            values(one, BlankChoice) for one in theirs.choices
        ]


def values(row, kind) -> list:
    return [getattr(row, name) for name in kind._fields if name not in ("questions", "choices")]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_is_asked_and_shown_is_the_same(session, stored, language):
    hours = by_key(stored, "hours").id
    blank = blank_of(session, stored.event_id)
    with speaking(language):
        for held in ({}, {hours: 12}):
            assert asked(blank, held) == asked(stored, held)
            assert notes_of(blank, Form(), held) == notes_of(stored, Form(), held)


def test_it_takes_three_queries_and_one_where_there_is_no_survey(session, stored, connection):
    event_id = stored.event_id
    with counting(connection) as statements:
        blank_of(session, event_id)
    assert len(statements) == 3
    with counting(connection) as statements:
        assert blank_of(session, event_id + 1000) is None
    assert len(statements) == 1
