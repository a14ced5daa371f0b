"""Helmi adds a passkey and signs in with it; what only looks like one opens nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Account, AccountToken, Passkey
from app.accounts.passkeys import party_of
from app.accounts.sessions import begin
from app.accounts.tokens import LASTS
from app.guests.guessing import MOST
from app.main import create_app
from tests.accounts.moving import later, link_in, mailed, sit
from tests.accounts.soft_key import SoftKey
from tests.asking import Client
from tests.conftest import NOW, PASSWORD, RolledBack


def question(client, path="/sign-in/passkey/options", **proof) -> dict:
    answer = client.post(path, data=proof)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return json.loads(answer.text)


def add(client, key: SoftKey, **changed):
    challenge = question(client, "/account/passkeys/options", password=PASSWORD)["challenge"]
    data = {"credential": key.made(challenge), "name": "työkannettava"} | changed
    return client.post("/account/passkeys", data=data)


def enter(client, key: SoftKey, **changed):
    data = {"credential": key.signed(question(client)["challenge"])} | changed
    return client.post("/sign-in/passkey", data=data)


@pytest.fixture
def key(signed_in) -> SoftKey:
    """Helmi's, added; her browser is signed out."""
    made = SoftKey()
    assert add(signed_in, made).status_code == 303
    signed_in.cookies.clear()
    return made


def test_helmi_signs_in_without_writing_anything(client, session, key):
    assert enter(client, key, next="/people").headers["location"] == "/people"
    assert client.get("/people").status_code == 200
    row = session.scalars(select(Passkey)).one()
    assert (row.name, row.sign_count, row.used_at) == ("työkannettava", 1, NOW)


def test_the_question_names_nobody_and_asks_for_a_finger_or_pin(client, key):
    asked = question(client)
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("testserver", "required", [])


def test_a_new_passkey_is_asked_for_by_a_handle_that_tells_nothing(signed_in, helmi):
    asked = question(signed_in, "/account/passkeys/options", password=PASSWORD)
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert (len(asked["user"]["id"]), asked["user"]["name"]) == (43, helmi.email)


def test_strangers_who_ask_without_end_are_told_to_wait_and_leave_no_more_rows(client, session, key):
    for _time in range(MOST):
        question(client)
    refused = client.post("/sign-in/passkey/options")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    said = "Liian monta yritystä verkostasi. Odota minuutti tai käytä salasanaasi."
    assert (refused.json(), len(session.scalars(select(AccountToken)).all())) == ({"problem": said}, MOST)
    client.app.state.clock = lambda: NOW + LASTS["passkey"] + timedelta(seconds=1)
    assert enter(client, key).status_code == 303
    assert session.scalars(select(AccountToken)).all() == []


WRONG = {
    "of another page": lambda key: vars(key).update(origin="http://koolle.evil.example"),
    "for another host": lambda key: vars(key).update(host="evil.example"),
    "without finger or PIN": lambda key: vars(key).update(verifies=False),
    "by another key": lambda key: vars(key).update(private=SoftKey().private),
    "in another site's frame": lambda key: vars(key).update(framed=True),
    "unknown": lambda key: vars(key).update(id=b"x" * 16),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_only_looks_like_a_passkey_opens_nothing(client, key, wrong):
    WRONG[wrong](key)
    assert (enter(client, key).status_code, client.cookies.get("session")) == (422, None)


def test_what_is_no_answer_at_all_is_no_crash(signed_in):
    nested = '{"response":' * 1_600
    assert enter(signed_in, SoftKey(), credential=nested).status_code == 422
    assert add(signed_in, SoftKey(), credential=nested).status_code == 422


@pytest.mark.parametrize(
    "wrong", ["of another page", "for another host", "without finger or PIN", "in another site's frame"]
)
def test_such_a_passkey_is_not_added_either(signed_in, session, wrong):
    made = SoftKey()
    WRONG[wrong](made)
    assert add(signed_in, made).status_code == 422
    assert session.scalars(select(Passkey)).all() == []


@pytest.mark.parametrize("credential", ["", "{}", "x", "[]", '{"id": "x", "rawId": "ä"}', "null", "9" * 30_000])
def test_nonsense_is_refused(client, key, credential):
    question(client)
    assert client.post("/sign-in/passkey", data={"credential": credential}).status_code == 422


def test_an_answer_is_taken_once_by_the_browser_that_was_asked_in_time(client, key):
    def answers(credential) -> int:
        return client.post("/sign-in/passkey", data={"credential": credential}).status_code

    credential = key.signed(question(client)["challenge"])
    asked = client.cookies["passkey"]
    client.cookies.clear()
    assert answers(credential) == 422  # another browser
    client.cookies.set("passkey", asked)
    assert answers(credential) == 303
    client.cookies.clear()
    client.cookies.set("passkey", asked)
    key.count += 1
    assert answers(credential) == 422  # once
    credential = key.signed(question(client)["challenge"])
    later(client, minutes=5)
    assert answers(credential) == 422


def test_a_copy_whose_count_does_not_go_on_is_refused(client, key):
    key.count = 7
    assert enter(client, key).status_code == 303
    key.count = 6
    assert enter(client, key).status_code == 422


def test_a_question_for_a_new_one_answers_no_sign_in(client, session, helmi, key):
    sit(client, session, helmi)
    challenge = question(client, "/account/passkeys/options", password=PASSWORD)["challenge"]
    assert client.post("/sign-in/passkey", data={"credential": key.signed(challenge)}).status_code == 422


def test_wrong_passwords_never_keep_a_passkey_out(client, key):
    for _n in range(25):
        client.post("/sign-in", data={"email": "helmi@koolle.example", "password": "väärä"})
    assert client.post("/sign-in", data={"email": "helmi@koolle.example", "password": PASSWORD}).status_code == 429
    assert enter(client, key).status_code == 303


def test_another_passkey_takes_the_password(signed_in, session, settings):
    refused = signed_in.post("/account/passkeys/options", data={"password": "väärä"})
    assert (refused.status_code, refused.json()) == (422, {"problem": "Tämä ei ole salasanasi."})
    assert signed_in.post("/account/passkeys", data={"credential": SoftKey().made("x")}).status_code == 422
    assert mailed(session, settings) == []
    assert add(signed_in, SoftKey()).status_code == 303
    assert "Tilillesi on lisätty pääsyavain." in mailed(session, settings)[0][1]


def test_who_sits_down_at_her_screen_removes_none(client, session, helmi, key):
    sit(client, session, helmi)
    [row] = session.scalars(select(Passkey))
    remove = {"action": "remove"}
    assert client.post(f"/account/passkeys/{row.id}", data=remove).status_code == 422
    assert client.post(f"/account/passkeys/{row.id}", data=remove | {"password": PASSWORD}).status_code == 303


def test_the_last_way_in_stays(client, session, helmi, key):
    session.get(Account, helmi.id).password_hash = None
    sit(client, session, helmi)
    [row] = session.scalars(select(Passkey))
    assert client.post(f"/account/passkeys/{row.id}", data={"action": "remove"}).status_code == 409
    later(client, minutes=16)
    assert client.post("/account/passkeys/options").status_code == 422  # signed in too long ago
    later(client, minutes=14)
    assert add(client, SoftKey()).status_code == 303
    assert client.post(f"/account/passkeys/{row.id}", data={"action": "remove"}).status_code == 303
    client.cookies.clear()
    assert enter(client, key).status_code == 422


def test_a_passkey_is_named_by_its_own_person_alone(client, session, helmi, key):
    [row] = session.scalars(select(Passkey))
    sit(client, session, helmi)
    client.post(f"/account/passkeys/{row.id}", data={"name": "puhelin"})
    session.expire_all()
    assert row.name == "puhelin"
    assert client.post(f"/account/passkeys/{row.id + 1}", data={"name": "x"}).status_code == 404


def test_lumi_joins_by_a_passkey_alone(signed_in, session, settings):
    invited = {"email": "lumi@koolle.example", "name": "Lumi Lehtonen", "role": "viewer", "language": "fi"}
    signed_in.post("/accounts", data=invited)
    link, made = link_in(mailed(session, settings)[0][1]), SoftKey()
    signed_in.cookies.clear()
    challenge = question(signed_in, f"{link}/passkey")["challenge"]
    assert signed_in.post(link, data={"credential": made.made("x" * 43)}).status_code == 422
    challenge = question(signed_in, f"{link}/passkey")["challenge"]
    assert signed_in.post(link, data={"credential": made.made(challenge)}).status_code == 303
    assert signed_in.get("/people").status_code == 200
    lumi = session.scalars(select(Account).where(Account.email == invited["email"])).one()
    assert lumi.password_hash is None
    signed_in.cookies.clear()
    assert enter(signed_in, made).status_code == 303
    assert session.scalars(select(AccountToken)).all() == []


@pytest.mark.parametrize(
    ("base_url", "party"),
    [
        ("https://koolle.ministry.example", ("koolle.ministry.example", "https://koolle.ministry.example")),
        ("http://127.0.0.1:8000", ("localhost", "http://localhost:8000")),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::7]", None),
    ],
)
def test_passkeys_are_for_names(settings, base_url, party):
    assert party_of(replace(settings, base_url=base_url)) == party


WAYS = {
    "form": 'data-passkey="create"',
    "address": '<a href="http://localhost:8000/account">http://localhost:8000</a>',
    "name": "vain numeerinen osoite",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("base_url", "host", "shown"),
    [
        ("http://127.0.0.1:8000", "localhost:8000", "form"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "address"),
        ("https://192.0.2.7", "192.0.2.7", "name"),
        ("https://koolle.example", "koolle.example", "form"),
    ],
)
def test_where_no_passkey_can_be_made_the_page_says_so(
    session, connection, settings, helmi, portal, base_url, host, shown
):
    settings = replace(settings, base_url=base_url)
    app = create_app(settings, RolledBack(connection), post=False)
    app.state.clock = lambda: NOW
    cookie = f"{'__Host-' if settings.https else ''}session={begin(session, helmi, NOW)}"
    session.commit()
    page = Client(app, portal, headers={"Host": host, "Accept-Language": "fi", "Cookie": cookie}).get("/account")
    found = [way for way, words in WAYS.items() if words in page.text]
    assert (page.status_code, found) == (200, [shown])
