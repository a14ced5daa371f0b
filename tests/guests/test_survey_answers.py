"""Each answer is saved as it is written: what the page is told, and when the survey is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.surveys.models import Sheet
from app.surveys.sheets import sheet_of, survey_of
from tests.conftest import counting
from tests.guests.every_kind import answers, by_key, q


def told(response, survey, *names: str) -> list:
    """What a reply says of the questions, by their keys."""
    keys = {str(question.id): question.key for question in survey.questions}
    return [{keys[id]: said for id, said in response.json()[name].items()} for name in names]


def test_one_answer_is_saved_with_its_time_and_its_new_stamp(client, session, stage, survey, write):
    reply = write({q(survey, "name"): "Esteetön kunta"})
    body = reply.json()
    assert (reply.status_code, body["saved"], body["kept"]) == (200, "Saved 12:00", [by_key(survey, "name").id])
    assert (body["answered"], body["asked"], body["progress"]) == (1, 8, "1 of 8 answered")
    assert body["problems"] == body["conflicts"] == {}
    values = sheet_of(session, survey, stage.otso.person_id)
    assert values == {by_key(survey, "name").id: "Esteetön kunta"}
    assert session.scalars(select(Sheet.sent)).all() == [False]
    again = write(
        {q(survey, "name"): "Esteetön kunta 2"}, **{q(survey, "name"): body["stamps"][str(by_key(survey, "name").id)]}
    )
    assert again.status_code == 200
    assert list(sheet_of(session, survey, stage.otso.person_id).values()) == ["Esteetön kunta 2"]


def test_a_request_that_is_tried_again_is_stored_once_and_is_no_conflict(survey, write):
    first, second = (write({q(survey, "name"): "Esteetön kunta"}) for _ in range(2))
    assert first.json() == second.json()


def test_what_is_asked_follows_the_answers_and_what_is_hidden_is_not_kept(session, stage, survey, write):
    ends, when = by_key(survey, "ends"), by_key(survey, "when")
    shown = write({q(survey, "ends"): ends.choices[1].id, q(survey, "when"): "31.12.2026"}).json()
    assert when.id in shown["shown"] and sheet_of(session, survey, stage.otso.person_id)[when.id] == "2026-12-31"
    hidden = write({q(survey, "ends"): ends.choices[0].id}, **{q(survey, "ends"): shown["stamps"][str(ends.id)]}).json()
    assert when.id not in hidden["shown"]
    assert sheet_of(session, survey, stage.otso.person_id) == {ends.id: ends.choices[0].id}


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("hours", "satasen verran", "Write a number, such as 12 or 3.5."),
        ("hours", "61", "Write a number from 0 to 60."),
        ("when", "joskus", "Write a date, such as 4.10.2026."),
        ("need", "6", "Write a number from 1 to 5."),
        ("need", "9" * 400, "Write a number from 1 to 5."),
        ("ends", "999999", "Choose one of the options."),
        ("ends", "' OR 1=1", "Choose one of the options."),
        ("name", "x" * 101, "This is too long: at most 100 characters."),
        ("wish", "ä" * 100_001, "This is too long: at most 100000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_not_stored(session, stage, survey, write, key, text, words):
    reply = write({q(survey, key): text})
    assert (reply.status_code, told(reply, survey, "problems", "stamps")) == (422, [{key: words}, {}])
    assert session.scalar(select(func.count()).select_from(Sheet)) == 0


def test_what_is_incomplete_is_saved_but_not_sent(client, session, survey, page, write, send):
    ways = by_key(survey, "ways")
    ways.minimum = 2
    session.commit()
    one = {q(survey, "ways"): [ways.choices[0].id]}
    assert write(one).status_code == 200
    refused = send(one)
    assert refused.status_code == 422
    assert [f"field-{q(survey, key)}" in refused.text for key in ("name", "ends", "need", "ways")] == [True] * 4
    assert "Choose at least 2." in refused.text
    assert session.scalars(select(Sheet.sent)).all() == [False]


def test_a_whole_form_is_saved_for_later_and_then_sent(client, session, stage, survey, page, send):
    whole = answers(survey)
    assert send(whole, act="keep").status_code == 303
    assert session.scalars(select(Sheet.sent)).all() == [False] and "9 of 9 answered" in client.get(page).text
    assert send(whole).status_code == 303
    assert session.scalars(select(Sheet.sent)).all() == [True]
    text = client.get(page).text
    assert "You have sent the survey" in text and "1 Osaaminen" not in text
    assert "Osaaminen, Rahoitus, Lainsäädäntö" in text and "Tiedon kulku: 3" in text
    values = sheet_of(session, survey_of(session, stage.event.id), stage.otso.person_id)
    works, order = by_key(survey, "works"), by_key(survey, "order")
    assert values[works.id] == {row.id: step for row, step in zip(works.choices, (3, 4, 5), strict=True)}
    assert values[order.id] == [order.choices[place].id for place in (1, 0, 2)]
    assert values[by_key(survey, "hours").id] == 7.5


def test_saving_one_answer_costs_as_many_statements_however_many_have_answered(session, connection, survey, write):
    with counting(connection) as first:
        write({q(survey, "name"): "Yksi"})
    write({q(survey, "wish"): "Toinen", q(survey, "hours"): "3"})
    with counting(connection) as later:
        write({q(survey, "need"): "3"})
    assert len(later) <= len(first)
    assert len(first) <= 14
