"""Helmi signs in, out, and is asked to when she is not; whoever guesses waits."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.accounts.limits import note_wrong, trier
from app.accounts.models import Account, AccountSession, WrongTry
from app.accounts.sessions import sign_in
from app.audit.models import AuditEntry
from tests import cast
from tests.accounts.moving import later, sit
from tests.conftest import NOW, PASSWORD, counting

WRONG = "väärä mutta pitkä"


def enter(client, email="helmi@koolle.example", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_helmi_signs_in_with_her_password(client, session, helmi):
    answer = enter(client, "Helmi@koolle.example ", next="/people")
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert client.get("/people").status_code == 200
    session.expire_all()
    assert session.get(Account, helmi.id).signed_in_at == NOW


def test_a_wrong_password_keeps_the_address_and_tells_nobody_who_exists(client, helmi):
    wrong = enter(client, password="väärä")
    nobody = enter(client, "kaino@koolle.example", "väärä")
    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert 'value="helmi@koolle.example"' in wrong.text
    assert wrong.text.replace("helmi@", "kaino@") == nobody.text


def test_signing_out_ends_the_session(signed_in):
    cookie = signed_in.cookies["session"]
    assert signed_in.get("/").status_code == 200
    signed_in.post("/sign-out")
    signed_in.cookies.set("session", cookie)
    assert signed_in.get("/").headers["location"] == "/sign-in?next=/"


def test_a_form_from_elsewhere_is_refused(client):
    assert client.post("/sign-in", data={}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/sign-in", data={}, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403


def test_a_foreign_host_is_refused(client):
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_next_leads_only_to_our_own_pages(client, helmi):
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil"):
        assert enter(client, next=elsewhere).headers["location"] == "/"


def test_a_session_that_was_brought_along_is_not_taken_over(client, session, helmi):
    """Session fixation: the browser's own id opens nothing after the sign-in, nor does an invented one become real."""
    tokens = [sit(client, session, helmi), "x" * 43]
    for brought in list(tokens):
        client.cookies.clear()
        client.cookies.set("session", brought)
        tokens.append(enter(client).cookies["session"])
    assert len(set(tokens)) == 4
    for token, status in zip(tokens, (303, 303, 200, 200), strict=True):
        client.cookies.clear()
        client.cookies.set("session", token)
        assert client.get("/account").status_code == status
    assert len(session.scalars(select(AccountSession)).all()) == 2


@pytest.mark.parametrize("email", ["helmi@koolle.example", "kaino@koolle.example"])
def test_the_sixth_try_waits_even_with_the_right_password(client, session, helmi, email):
    assert [enter(client, email, WRONG).status_code for _n in range(6)] == [422] * 5 + [429]
    right = enter(client, email)
    assert right.status_code == 429
    assert "Odota minuutti ennen seuraavaa" in right.text
    later(client, seconds=30)
    assert enter(client, email).status_code == (303 if email == helmi.email else 422)


def test_what_was_wrong_outlives_a_restart_and_is_forgotten_after_an_hour(client, session, settings, helmi):
    for _n in range(5):
        enter(client, password=WRONG)
    keys = session.scalars(select(WrongTry)).all()
    assert [row.wrong for row in keys] == [5, 5, 5]  # this account, this address, everybody
    assert not any(b"helmi" in row.key or b"testclient" in row.key for row in keys)
    later(client, minutes=61)
    assert [enter(client, password=WRONG).status_code for _n in range(5)] == [422] * 5
    later(client, days=3)
    enter(client, password=WRONG)
    session.expire_all()
    assert [row.wrong for row in session.scalars(select(WrongTry))] == [1, 1, 1]


def test_one_address_guesses_at_no_more_than_twenty_accounts(client, helmi):
    tries = [enter(client, f"kaino{n}@koolle.example", WRONG).status_code for n in range(21)]
    assert tries == [422] * 20 + [429]
    assert enter(client).status_code == 429
    later(client, minutes=15)
    assert enter(client).status_code == 303


def test_the_log_tells_of_a_hundred_and_not_of_whom(session, caplog):
    for n in range(100):
        note_wrong(session, trier(b"0" * 32, f"kaino{n}@koolle.example", f"192.0.2.{n}"), NOW)
    assert caplog.messages == ["100 sign-ins went wrong within a quarter of an hour"]


@pytest.mark.parametrize(("path", "more"), [("/sign-in", {"password": WRONG}), ("/reset", {})])
def test_the_same_work_is_done_for_whom_there_is_not(client, connection, helmi, path, more):
    """CVE-2024-22893: an answer whose time tells who exists."""
    run = []
    for name in ("kaino", "helmi"):
        with counting(connection) as statements:
            client.post(path, data={"email": f"{name}@koolle.example"} | more)
        run.append(statements)
    assert run[0] == run[1]


def test_the_right_password_makes_up_for_slips(client, helmi):
    for _n in range(3):
        assert [enter(client, password=WRONG).status_code for _n in range(4)] == [422] * 4
        assert enter(client).status_code == 303


def test_the_trail_knows_of_many_wrong_tries_and_not_what_was_typed(client, session, helmi):
    for _n in range(5):
        enter(client, password=WRONG)
    enter(client)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [(one.actor, one.act, one.about) for one in entries] == [("nobody", "/sign-in", {"wrong": 5})]
    assert "helmi" not in json.dumps([one.about for one in entries])


def test_a_session_ends_after_an_hour_alone_and_twelve_in_all(client, session, helmi):
    sit(client, session, helmi)
    for minutes in range(59, 12 * 60, 59):  # a page is looked at every 59 minutes
        later(client, minutes=minutes)
        assert client.get("/account").status_code == 200
    later(client, hours=12)
    assert client.get("/account").status_code == 303
    sit(client, session, helmi)
    later(client, minutes=60)
    assert client.get("/account").status_code == 303


def test_a_page_notes_its_use_once_a_minute_and_a_form_at_once(client, session, helmi):
    def seen():
        return session.scalar(select(AccountSession.seen_at))

    sit(client, session, helmi)
    later(client, seconds=59)
    client.get("/account")
    assert seen() == NOW
    at = later(client, seconds=60)
    client.get("/account")
    assert seen() == at
    at = later(client, minutes=5)
    assert client.post("/account/stay").status_code == 204
    assert seen() == at


def test_whoever_has_no_password_signs_in_by_none(session):
    cast.account(session, password_hash=None)
    assert [sign_in(session, "helmi@koolle.example", word, NOW) for word in ("", "None", PASSWORD)] == [None] * 3


@pytest.mark.parametrize("path", ["/account", "/accounts", "/account/authenticator"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert client.get(path).headers["location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize("page", ["http://[", "http://testserver//evil.example", "%"])
def test_a_part_of_a_page_whose_address_is_none_leads_to_the_start_after_sign_in(client, page):
    answer = client.get("/people", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in?next=/")
