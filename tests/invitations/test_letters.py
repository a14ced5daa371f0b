"""The letter that writes itself promises nothing that the page does not hold."""

from __future__ import annotations

import pytest

from app.agenda.models import AgendaItem
from app.events.queries import event_by_id
from app.invitations.facts import facts_of
from app.invitations.letters import own_letter
from app.language import speaking
from app.surveys.models import Question, Survey
from tests import cast


@pytest.mark.parametrize(
    ("item", "questions", "sentence"),
    [
        (False, None, ""),
        (False, 0, ""),
        (True, None, "On the same page you find the programme."),
        (True, 0, "On the same page you find the programme."),
        (True, 1, "On the same page you find the programme and a short survey that we ask you to fill in beforehand."),
    ],
)
def test_what_is_on_the_page(session, settings, item, questions, sentence):
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    if item:
        session.add(AgendaItem(event_id=event.id, position=0, title="Avaus", kind="item"))
    if questions is not None:
        asked = [Question(key="a", position=0, kind="text", text="Mikä?") for _ in range(questions)]
        session.add(Survey(event_id=event.id, questions=asked))
    session.flush()
    session.expunge_all()
    event = event_by_id(session, event.id)
    with speaking("en"):
        body = own_letter(event, facts_of(session, settings, event)).body
    said = [paragraph for paragraph in body.split("\n\n") if paragraph.startswith("On the same page")]
    assert said == ([sentence] if sentence else [])
