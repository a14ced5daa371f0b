"""Otso opens his link after the event was cancelled."""

from __future__ import annotations

import pytest

from app.invitees.queries import current_responses
from app.surveys.models import Question, Survey
from tests.conftest import NOW


@pytest.fixture
def page(client, session, stage, opened):
    """Otso's page, of the cancelled event."""
    client.cookies.set("language", "en")
    client.app.state.clock = lambda: NOW
    question = Question(key="a", position=0, kind="long_text", text="Mitä odotat?")
    session.add(Survey(event_id=stage.event.id, title="Ennakkokysely", questions=[question]))
    stage.event.cancelled_at = NOW
    session.commit()
    return opened(stage.otso_link)


def test_the_page_says_so_and_asks_nothing(client, page):
    text = client.get(page).text
    assert "The event is cancelled." in text and "no answer is needed" in text
    assert [word for word in ("<form", "calendar.ics", "Mitä odotat?") if word in text.partition("<main")[2]] == []
    assert client.get(f"{page}/calendar.ics").status_code == 404


def test_an_answer_that_is_sent_all_the_same_is_not_taken_and_not_lost(client, session, stage, page, answer):
    refused = answer(page, answer="coming", comment="Tulen junalla")
    assert (refused.status_code, "Tulen junalla" in refused.text) == (409, True)
    assert current_responses(session, stage.event.id) == {}


def test_the_survey_takes_nothing_either(client, page):
    refused = client.post(f"{page}/survey", data={"public_id": page.rsplit("/", 1)[1], "q1": "Selkeyttä"})
    assert (refused.status_code, "Selkeyttä" in refused.text) == (409, True)
