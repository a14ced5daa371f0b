"""The same answer is posted fifty times at the same moment: one effect, and nothing lost."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.mail.models import OutgoingMail
from app.surveys.models import Answer, Draft, Sheet, SurveyParticipation
from tests.guests.crowds import crowd, its_survey
from tests.guests.every_kind import answers, q

TIMES = 50


@pytest.fixture(params=[False, True], ids=["named", "anonymous"])
def alone(request, database, settings):
    with crowd(database, settings, 1, anonymous=request.param) as held:
        held.people[0].get()
        yield held


def at_once(act, times: int = TIMES) -> Counter:
    barrier = Barrier(times)

    def press(_window):
        barrier.wait()
        return act().status_code

    with ThreadPoolExecutor(times) as windows:
        return Counter(windows.map(press, range(times)))


def count(session, model, *where) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.mark.long
def test_fifty_windows_write_and_send_the_same(database, alone):
    otso = alone.people[0]
    with database.session() as session:
        survey = its_survey(session, alone)
        whole, field, anonymous = answers(survey), q(survey, "wish"), survey.anonymous
    text = {field: "Yhteistä suuntaa.\nJa kahvia.", f"{field}-stamp": ""}
    assert at_once(lambda: otso.post("survey/answers", text)) == {200: TIMES}
    with database.session() as session:
        assert (count(session, Sheet), count(session, Draft)) == ((0, 1) if anonymous else (1, 0))
    whole |= otso.stamps()
    assert at_once(lambda: otso.post("survey", whole | {"act": "send", "receipt": "yes"})) == {303: TIMES}
    with database.session() as session:
        assert (count(session, Sheet), count(session, Draft)) == (1, 0)
        assert count(session, Answer) == 14
        assert count(session, SurveyParticipation) == int(anonymous)
        assert count(session, OutgoingMail, OutgoingMail.key.startswith("receipt/")) == int(not anonymous)
