"""Of an event that is not public, a link opens where its owner's mail is: by six digits, in one browser."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select

from app.guests.proving import (
    MOST_OF_LINK,
    MOST_TRIES,
    is_proven,
    may_send,
    new_browser,
    send_code,
    try_code,
    write_code,
)
from app.links.links import personal_link
from app.links.models import LinkCode, PersonalLink
from app.links.revoking import renew_links
from app.people.models import Person
from tests.conftest import NOW
from tests.guests.test_opening import everything
from tests.invitations.test_golden import fixed
from tests.posted import opened as opened_mail
from tests.posted import posted


@pytest.fixture
def secret(session, stage):
    """The event is marked, as a secretary writes it."""
    stage.event.confidentiality = "Salassa pidettävä"
    session.commit()
    return stage


@pytest.fixture
def ask(client):
    def press(page: str, **fields):
        return client.post(f"{page}/proof", data={"public_id": page.rpartition("/")[2], "action": "send", **fields})

    return press


@pytest.fixture
def type_in(client):
    def press(page: str, code: str):
        return client.post(f"{page}/proof", data={"public_id": page.rpartition("/")[2], "code": code})

    return press


@pytest.fixture
def mailed(session, settings):
    """The digits of the newest mail."""

    def read() -> str:
        text = opened_mail(settings, posted(session, settings, "code")[-1]).get_body(("plain",)).get_content()
        return re.search(r"\d{3} \d{3}", text)[0]

    return read


def test_before_the_code_nothing_of_the_event_is_shown_or_taken(client, session, secret, survey, opened, answer):
    page = opened(secret.otso_link)
    before = everything(session)
    shown = client.get(page).text
    hidden = [secret.event.title, "Rakennusten talo", "otso@rm.example", 'name="answer"', "13.00"]
    assert [words for words in hidden if words in shown] == []
    places = ("calendar.ics", "code.svg", "memo.pdf", "papers.zip", "materials/1", "attachments/1")
    assert {client.get(f"{page}/{one}").headers.get("location") for one in places} == {page}
    assert answer(page, answer="coming").headers["location"] == page
    saved = client.post(f"{page}/survey/answers", data={"public_id": page.rpartition("/")[2]})
    assert (saved.status_code, list(saved.json())) == (409, ["closed"])
    assert everything(session) == before


def test_otso_types_the_digits_and_answers(client, session, secret, opened, ask, type_in, mailed, answer):
    page = opened(secret.otso_link)
    sent = ask(page)
    assert sent.status_code == 200
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(sent.headers["set-cookie"].split("; "))
    assert type_in(page, mailed()).headers["location"] == page
    assert secret.event.title in client.get(page).text
    assert answer(page, answer="coming").headers["location"] == f"{page}#answer"
    client.app.state.clock = lambda: NOW + timedelta(hours=12)
    assert secret.event.title not in client.get(page).text


def test_the_mail_names_no_event_and_holds_no_link(client, session, settings, secret, opened, ask):
    ask(opened(secret.otso_link))
    [mail] = posted(session, settings, "code")
    message = opened_mail(settings, mail)
    whole = "".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text")
    assert (mail.to_address, mail.event_id) == ("otso@rm.example", None)
    assert [one for one in ("/i/", "/m/", "http://testserver", secret.event.title) if one in whole] == []
    assert re.search(r"\d{3}", str(message["Subject"])) is None


def test_the_code_holds_in_the_browser_that_asked_and_ten_minutes(
    client, session, secret, opened, ask, type_in, mailed
):
    page = opened(secret.otso_link)
    ask(page)
    name = f"p_{page.rpartition('/')[2]}"
    mine = client.cookies[name]
    client.cookies.delete(name)
    assert type_in(page, mailed()).status_code == 422
    client.cookies.set(name, "x" * 32)
    assert type_in(page, mailed()).status_code == 422
    client.cookies.delete(name)
    client.cookies.set(name, mine)
    client.app.state.clock = lambda: NOW + timedelta(minutes=10)
    assert type_in(page, mailed()).status_code == 422
    client.app.state.clock = lambda: NOW + timedelta(minutes=9, seconds=59)
    assert type_in(page, mailed()).status_code == 303


def test_after_five_wrong_tries_it_is_dead(client, session, secret, opened, ask, type_in, mailed):
    page = opened(secret.otso_link)
    ask(page)
    right = mailed()
    wrong = "000 000" if right != "000 000" else "111 111"
    again = type_in(page, wrong)
    assert (again.status_code, "matkalla" in again.text) == (422, False)  # no other code is on its way
    assert [type_in(page, wrong).status_code for _ in range(MOST_TRIES - 1)] == [422] * (MOST_TRIES - 1)
    assert type_in(page, right).status_code == 422


def test_a_code_is_used_once_and_a_new_one_ends_the_one_before(session, settings, secret, mailed):
    link, person, browser = links(session)[0], session.get_one(Person, secret.otso.person_id), new_browser()
    codes = []
    for _ in range(2):
        send_code(session, settings, link, person, browser, "fi", NOW)
        codes.append(mailed())
    tried = [try_code(session, settings, link, browser, code, NOW) for code in (codes[0], codes[1], codes[1])]
    assert tried == [codes[0] == codes[1], True, False] or codes[0] == codes[1]
    assert [is_proven(session, link, one, NOW) for one in (browser, new_browser(), None)] == [True, False, False]
    assert not is_proven(session, links(session)[1], browser, NOW)


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_ten_thousand_guesses_find_nothing(session, settings, secret):
    """Whoever holds the link asks as often as they may for three days, and tries a hundred digits for every code."""
    link, person, browser, tried = links(session)[0], session.get_one(Person, secret.otso.person_id), new_browser(), []
    for hour in range(34):
        for _ in range(MOST_OF_LINK):
            at = NOW + timedelta(hours=hour)
            send_code(session, settings, link, person, browser, "fi", at)
            tried += [try_code(session, settings, link, browser, f"{guess:06d}", at) for guess in range(100)]
    counted = sum(one.tries for one in session.scalars(select(LinkCode)))
    assert (len(tried), any(tried), counted) == (10_200, False, 34 * MOST_OF_LINK * MOST_TRIES)


def test_only_so_many_codes_are_mailed(client, session, settings, secret, opened, ask):
    page = opened(secret.otso_link)
    assert [ask(page).status_code for _ in range(5)] == [200] * MOST_OF_LINK + [429] * 2
    assert len(posted(session, settings, "code")) == MOST_OF_LINK
    client.app.state.clock = lambda: NOW + timedelta(hours=1, seconds=1)
    assert ask(page).status_code == 200


def test_who_holds_otsos_link_keeps_him_out_neither_of_a_known_browser_nor_of_a_new_link(
    client, session, settings, secret, opened, ask, type_in, mailed
):  # fmt: skip
    page = opened(secret.otso_link)
    ask(page)
    type_in(page, mailed())
    otsos = dict(client.cookies)
    client.app.state.clock = lambda: NOW + timedelta(hours=13)
    asked = []
    for _kaino in range(MOST_OF_LINK + 1):
        client.cookies.clear()
        opened(secret.otso_link)
        asked.append(ask(page))
    assert [one.status_code for one in asked] == [200] * MOST_OF_LINK + [429]
    assert re.search(r"pyydä uusi linkki osoitteesta \S+@rm\.example\.", unescape(asked[-1].text))
    client.cookies.clear()
    for name, value in otsos.items():
        client.cookies.set(name, value)
    assert (ask(page).status_code, type_in(page, mailed()).status_code) == (200, 303)
    renew_links(session, settings, secret.event.id, secret.otso.person_id, NOW)
    session.commit()
    client.cookies.clear()
    link = personal_link(
        session, settings, event_id=secret.event.id, person_id=secret.otso.person_id, purpose="invitation"
    )
    assert ask(opened(link.removeprefix("http://testserver"))).status_code == 200


def test_a_known_browser_has_three_codes_an_hour_of_its_own(session, settings, secret):
    link = session.scalars(select(PersonalLink).where(PersonalLink.person_id == secret.otso.person_id)).one()
    otso, known = session.get_one(Person, link.person_id), new_browser()
    send_code(session, settings, link, otso, known, "fi", NOW)
    session.scalars(select(LinkCode)).one().used_at = NOW
    later, sent = NOW + timedelta(hours=13), {None: [], known: []}
    for browser in [None] * 4 + [known] * 4:
        sent[browser].append(may_send(session, link, otso, browser, later))
        if sent[browser][-1]:
            send_code(session, settings, link, otso, browser or new_browser(), "fi", later)
    assert sent == {None: [True] * 3 + [False], known: [True] * 3 + [False]}


@pytest.mark.parametrize("address", [None, "<b>@x"], ids=["none", "unsound"])
def test_who_has_no_address_is_told_whom_to_ask(client, session, settings, secret, opened, ask, address):
    session.get_one(Person, secret.otso.person_id).email = address
    session.commit()
    client.cookies.set("language", "en")
    page = opened(secret.otso_link)
    shown = client.get(page).text
    assert "The secretariat has no e-mail address of yours" in shown
    assert "Send me the code" not in shown
    assert (ask(page).status_code, posted(session, settings, "code")) == (429, [])


def test_a_public_event_asks_for_no_code(client, session, stage, opened):
    assert stage.event.title in client.get(opened(stage.otso_link)).text
    assert session.scalars(select(LinkCode)).all() == []


def test_nothing_that_would_be_typed_is_kept(session, settings, secret, mailed):
    link, browser = links(session)[0], new_browser()
    send_code(session, settings, link, session.get_one(Person, secret.otso.person_id), browser, "fi", NOW)
    digits = mailed().replace(" ", "").encode()
    [row] = session.scalars(select(LinkCode)).all()
    assert (digits in row.code_hash, browser.encode() in row.browser_hash, len(row.code_hash)) == (False, False, 32)


def links(session) -> list[PersonalLink]:
    return list(session.scalars(select(PersonalLink).order_by(PersonalLink.id)))


def test_no_paper_of_it_is_handed_out_after_the_code_either(client, session, secret, opened, ask, type_in, mailed):
    page = opened(secret.otso_link)
    ask(page)
    type_in(page, mailed())
    paths = ("memo.pdf", "memo.docx", "papers.zip", "attachments/1", "materials/1")
    assert [client.get(f"{page}/{path}").status_code for path in paths] == [404] * len(paths)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_is_byte_for_byte_what_was_looked_at(session, settings, stage, language):
    """KOOLLE_GOLDEN=write makes the files anew; then look at what changed."""
    otso = session.get_one(Person, stage.otso.person_id)
    written = fixed(write_code(replace(settings, base_url="https://koolle.example"), otso, "004213", language, NOW))
    file = Path(__file__).parent / "golden" / f"code-{language}.eml"
    if os.environ.get("KOOLLE_GOLDEN") == "write":
        file.write_bytes(written)
    assert written == file.read_bytes()
