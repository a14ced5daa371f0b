"""The board's event with a survey of a text, a choice and a scale."""

from __future__ import annotations

import pytest

from app.events.models import Event
from app.surveys.models import Choice, Question, Survey
from tests import cast


@pytest.fixture
def event(session) -> Event:
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    session.commit()
    return event


@pytest.fixture
def survey(session, event) -> Survey:
    ends = [Choice(position=0, text="Ei pääty"), Choice(position=1, text="Päättyy")]
    survey = Survey(event_id=event.id, title="Ennakkokysely")
    survey.questions = [
        Question(key="q1", position=0, kind="long_text", text="Mikä yhdistää?"),
        Question(key="q2", position=1, kind="single_choice", text="Päättyykö työnne?", choices=ends),
        Question(key="q3", position=2, kind="scale", text="Kuinka tärkeää?", minimum=1, maximum=5, choices=[]),
    ]
    survey.questions[0].choices = []
    session.add(survey)
    session.commit()
    return survey


@pytest.fixture
def here(event) -> str:
    return f"/events/{event.id}/survey"


@pytest.fixture
def in_english(client):
    client.cookies.set("language", "en")
