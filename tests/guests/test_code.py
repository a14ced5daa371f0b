"""Otso opens his page with the code of his printed letter; whoever guesses is slowed down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.guests.guessing import MOST, MOST_IN_ALL, Guesses
from app.links.codes import allow_code, code_of
from app.links.models import PersonalLink
from tests.conftest import NOW
from tests.guests.test_opening import everything


@pytest.fixture
def code(session, settings, stage) -> str:
    link = session.scalar(select(PersonalLink).where(PersonalLink.person_id == stage.otso.person_id))
    allow_code(settings, link)
    session.commit()
    return code_of(settings, link)


def test_the_code_opens_the_page_that_the_link_opens(client, stage, public_id, code):
    opened = client.post("/code", data={"code": f" {code.lower().replace('-', ' ')} "})
    page = f"/m/{public_id(stage.otso)}"
    assert (opened.status_code, opened.headers["location"]) == (303, page)
    by_link = client.get(stage.otso_link)
    assert opened.headers["set-cookie"] == by_link.headers["set-cookie"]
    client.cookies.clear()
    client.cookies.set(*by_link.headers["set-cookie"].partition(";")[0].split("="))
    assert "Otso Oksanen" in client.get(page).text


@pytest.mark.parametrize(
    ("language", "heading"), [("fi", "Avaa kutsusi"), ("sv-FI", "Öppna din inbjudan"), ("en", "Open your invitation")]
)
def test_the_form_speaks_the_browsers_language(client, language, heading):
    shown = client.get("/code", headers={"Accept-Language": language})
    assert shown.status_code == 200 and f"<h1>{heading}</h1>" in shown.text
    assert shown.headers["x-robots-tag"] == "noindex, nofollow"


def test_reading_opens_nothing_and_changes_nothing(client, session, code):
    before = everything(session)
    for way in (client.get, client.head):
        for path in ("/code", f"/code?code={code}", "/preview"):
            answer = way(path)
            assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)
    assert everything(session) == before


def test_unknown_revoked_and_renewed_codes_are_answered_alike(client, session, code):
    def answered(typed: str) -> tuple[int, str]:
        answer = client.post("/code", data={"code": typed})
        assert "set-cookie" not in answer.headers
        return answer.status_code, answer.text.replace(typed, "")

    unknown = answered("0000-0000-0000")
    assert unknown[0] == 422
    link = session.scalar(select(PersonalLink).where(PersonalLink.code_hash.is_not(None)))
    link.revoked_at = NOW
    session.commit()
    assert answered(code) == unknown
    link.revoked_at, link.version = None, 2
    session.commit()
    assert answered(code) == unknown
    assert answered("???") == unknown


def test_what_was_typed_stays_and_nothing_is_asked_for(client):
    assert 'value="7H4K"' in client.post("/code", data={"code": "7H4K"}).text
    empty = client.post("/code", data={})
    assert empty.status_code == 422 and empty.text.count('class="field-error"') == 1


def test_who_guesses_is_slowed_down_and_the_right_code_opens_all_the_same(client, code):
    wrong = [client.post("/code", data={"code": f"{n:012}"}) for n in range(MOST + 1)]
    assert [answer.status_code for answer in wrong] == [422] * MOST + [429]
    assert wrong[-1].headers["retry-after"] == "60"
    assert "Liian monta väärää koodia" in wrong[-1].text
    assert client.post("/code", data={"code": code}).status_code == 303
    client.app.state.clock = lambda: NOW + timedelta(seconds=61)
    assert client.post("/code", data={"code": "0" * 12}).status_code == 422


def test_wrong_codes_of_all_addresses_together_are_counted_too():
    guesses = Guesses(MOST_IN_ALL)
    many = [guesses.wrong(f"192.0.{n // 250}.{n % 250}", NOW) for n in range(MOST_IN_ALL + 1)]
    assert many == [False] * MOST_IN_ALL + [True]
    assert not guesses.wrong("198.51.100.7", NOW + timedelta(seconds=61))
