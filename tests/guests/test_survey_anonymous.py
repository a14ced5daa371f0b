"""An anonymous survey: the key is the browser's, the draft is sealed, the sheet is nobody's."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import func, select

from app.db import Base
from app.invitees.models import Representation
from app.surveys.models import Answer, Sheet
from tests.guests.every_kind import answers, by_key, q


def test_the_key_is_the_browsers_alone(client, session, anonymous, page, write):
    given = client.get(page).headers.get_list("set-cookie")
    [cookie] = [one for one in given if one.startswith("s_")]
    assert re.fullmatch(r"s_\w+=[\w-]{32}; HttpOnly; Max-Age=\d+; Path=/; SameSite=lax", cookie)
    key = cookie.partition("=")[2].partition(";")[0]
    write({q(anonymous, "name"): "Salaisuus"})
    assert "Salaisuus" in client.get(page).text
    again = client.get(page).headers.get_list("set-cookie")
    assert [one.partition(";")[0] for one in again if one.startswith("s_")] == [cookie.partition(";")[0]]
    everything = dump(session)
    assert "Salaisuus" not in everything and key not in everything


def dump(session) -> str:
    rows = [row for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    return "\n".join(repr(tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)) for row in rows)


def test_an_anonymous_draft_goes_on_and_is_counted_when_it_is_sent(
    client, session, stage, anonymous, page, write, send
):
    write({q(anonymous, "name"): "Esteetön kunta"})
    assert session.scalars(select(Sheet.id)).all() == []
    assert send(answers(anonymous)).status_code == 303
    [sheet] = session.scalars(select(Sheet)).all()
    assert (sheet.person_id, sheet.background, sheet.sent) == (None, None, True)
    name = by_key(anonymous, "name")
    mark = re.search(rf'name="q{name.id}-stamp" value="(\w+)"', client.get(page).text)[1]
    assert write({q(anonymous, "name"): "Muu"}, **{q(anonymous, "name"): mark}).status_code == 200
    assert session.scalars(select(Answer.text).where(Answer.question_id == name.id)).all() == ["Muu"]


def test_in_another_browser_nothing_is_written_over_the_anonymous_answer(client, session, anonymous, page, write, send):
    send(answers(anonymous))
    client.cookies.delete(f"s_{page.rsplit('/', 1)[1]}")
    reply = write({q(anonymous, "name"): "Toinen"})
    assert (reply.status_code, list(reply.json())) == (409, ["closed"])
    assert session.scalar(select(func.count()).select_from(Sheet)) == 1


@pytest.mark.parametrize(("least", "kept"), [(1, True), (2, False)])
def test_the_class_is_kept_only_where_enough_are_of_it(session, stage, anonymous, send, least, kept):
    anonymous.background, anonymous.least = "group", least
    session.commit()
    send(answers(anonymous))
    [background] = session.scalars(select(Sheet.background))
    group = session.scalar(select(Representation.group_id).where(Representation.invitee_id == stage.otso.id))
    assert background == (f"group:{group}" if kept else None)


def test_what_is_sent_from_a_second_browser_without_scripts_is_given_back(client, session, anonymous, page, send):
    """A page that only refuses it would lose what was written there."""
    send(answers(anonymous))
    client.cookies.delete(f"s_{page.rsplit('/', 1)[1]}")
    whole = {"public_id": page.rsplit("/", 1)[1], "act": "send", q(anonymous, "wish"): "Toisessa <b>selaimessa</b>"}
    again = client.post(f"{page}/survey", data=whole)
    assert (again.status_code, "Toisessa &lt;b&gt;selaimessa&lt;/b&gt;" in again.text) == (409, True)
    assert "Anonymous answers cannot be found again" in again.text and "Answering has closed" not in again.text
    assert session.scalar(select(func.count()).select_from(Sheet)) == 1


@pytest.mark.parametrize("own", [None, datetime(2026, 9, 8, 16, 0)])
def test_an_event_that_is_moved_does_not_open_a_survey_again(session, stage, anonymous, page, send, own):
    anonymous.closes_at = own
    session.commit()
    assert send(answers(anonymous)).status_code == 303
    session.refresh(anonymous)
    assert anonymous.closes_at == (own or stage.event.starts_at)


def test_a_named_survey_moves_with_its_event(session, survey, page, send):
    survey.closes_at = None
    session.commit()
    assert send(answers(survey)).status_code == 303
    session.refresh(survey)
    assert survey.closes_at is None


@pytest.mark.parametrize(
    ("background", "told"),
    [
        ("none", "not even with the database in hand"),
        ("group", "recognise your answers if hardly anybody else of your group answers"),
        ("organisation", "recognise your answers if hardly anybody else of your organisation answers"),
    ],
)
def test_no_more_is_promised_than_is_kept(client, session, anonymous, page, background, told):
    anonymous.background = background
    session.commit()
    text = client.get(page).text
    promises = ["not even with the database in hand", "of your group answers", "of your organisation answers"]
    assert [one for one in promises if one in text] == [one for one in promises if one in told]
