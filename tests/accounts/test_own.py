"""Helmi changes her password, lets a code be asked for, and sees where she is signed in."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha1

import pyotp
import pytest
from sqlalchemy import delete, event, select

from app.accounts.models import Account, AccountSession, AccountToken, Authenticator, RecoveryCode
from app.accounts.one_time import proposed
from tests import cast
from tests.accounts.moving import later, link_in, mailed, sit
from tests.conftest import NOW, PASSWORD

NEW = "räntää sataa hiljaa"


def code_at(base32: str, at) -> str:
    return pyotp.TOTP(base32).at(at)


@pytest.fixture
def base32(signed_in, session, settings, helmi) -> str:
    """The secret of Helmi's app, which has been proposed and not confirmed."""
    assert signed_in.post("/account/authenticator", data={"password": PASSWORD}).status_code == 303
    return proposed(session, settings.secret, helmi)


@pytest.fixture
def codes(signed_in, base32) -> list[str]:
    """Helmi's recovery codes; from now on she is asked for a code."""
    answer = signed_in.post("/account/authenticator/confirm", data={"code": code_at(base32, NOW)})
    assert answer.status_code == 200
    return re.findall(r"<code>([^<]+)</code>", answer.text)


def enter(client, password=PASSWORD):
    client.cookies.clear()
    return client.post("/sign-in", data={"email": "helmi@koolle.example", "password": password, "next": "/people"})


def test_a_new_password_ends_all_other_sessions_and_is_told_by_mail(client, session, settings, helmi):
    other = sit(client, session, helmi)
    mine = sit(client, session, helmi)
    answer = client.post("/account/password", data={"password": PASSWORD, "new": NEW})
    assert answer.status_code == 303
    assert [one.token_hash for one in session.scalars(select(AccountSession))] != []
    rotated = answer.cookies["session"]
    for token, status in ((other, 303), (mine, 303), (rotated, 200)):
        client.cookies.clear()
        client.cookies.set("session", token)
        assert client.get("/account").status_code == status
    assert "Salasanasi on vaihdettu." in mailed(session, settings)[0][1]
    assert (enter(client).status_code, enter(client, NEW).status_code) == (422, 303)


@pytest.mark.parametrize(
    ("password", "new", "field"),
    [("väärä", NEW, "password"), (PASSWORD, "lyhyt", "new"), (PASSWORD, "helmihakala2026", "new")],
)
def test_what_is_wrong_is_said_at_the_field(signed_in, session, settings, password, new, field):
    answer = signed_in.post("/account/password", data={"password": password, "new": new})
    assert (answer.status_code, f'href="#field-{field}"' in answer.text) == (422, True)
    assert f'id="field-{field}"' in answer.text
    assert mailed(session, settings) == []


def test_a_leaked_password_is_refused_where_the_installation_keeps_a_file_of_them(signed_in, settings, tmp_path):
    (tmp_path / "leaked.txt").write_text(f"{sha1(NEW.encode()).hexdigest().upper()}:3\r\n")
    asked = {"password": PASSWORD, "new": NEW}
    signed_in.app.state.settings = replace(settings, leaked=tmp_path / "leaked.txt")
    refused = signed_in.post("/account/password", data=asked)
    assert (refused.status_code, "varastettu" in refused.text, 'href="#field-new"' in refused.text) == (422, True, True)
    signed_in.app.state.settings = settings
    assert signed_in.post("/account/password", data=asked).status_code == 303


def test_whoever_sits_at_an_open_browser_does_not_guess_the_password_there(signed_in):
    tries = [signed_in.post("/account/password", data={"password": "väärä", "new": NEW}).text for _n in range(6)]
    assert ["Odota minuutti" in text for text in tries] == [False] * 5 + [True]
    answer = signed_in.post("/account/password", data={"password": PASSWORD, "new": NEW})
    assert answer.status_code == 422


def test_the_picture_and_its_letters_are_shown_until_a_code_confirms_them(signed_in, base32):
    page = signed_in.get("/account/authenticator").text
    assert "data:image/svg+xml" in page
    assert " ".join(re.findall("....", base32)) in page
    assert signed_in.post("/account/authenticator/confirm", data={"code": "000000"}).status_code == 422
    assert enter(signed_in).headers["location"] == "/people"  # not asked for yet


def test_the_secret_is_kept_sealed_and_the_codes_as_hashes(session, base32, codes):
    row = session.scalars(select(Authenticator)).one()
    assert base32.encode() not in row.sealed
    assert len(codes) == len(set(codes)) == len(session.scalars(select(RecoveryCode)).all()) == 10
    assert {len(code) for code in codes} == {19}


def test_after_the_password_a_code_is_asked_for(client, base32, codes):
    answer = enter(client)
    assert answer.headers["location"] == "/sign-in/code?next=/people"
    assert "session" not in client.cookies
    at = later(client, seconds=30)
    answer = client.post("/sign-in/code", data={"code": code_at(base32, at), "next": "/people"})
    assert answer.headers["location"] == "/people"
    assert client.get("/account").status_code == 200


def test_each_code_opens_once(client, base32, codes):
    at = later(client, seconds=60)
    for status in (303, 422):
        enter(client)
        assert client.post("/sign-in/code", data={"code": code_at(base32, at)}).status_code == status
    for status in (303, 422):
        enter(client)
        assert client.post("/sign-in/code", data={"code": codes[3].upper()}).status_code == status
    enter(client)
    assert client.post("/sign-in/code", data={"code": code_at(base32, NOW)}).status_code == 422  # older than the last


@pytest.mark.parametrize(("seconds", "status"), [(-61, 422), (-30, 303), (30, 303), (61, 422)])
def test_a_telephone_may_be_half_a_minute_off(client, base32, codes, seconds, status):
    at = later(client, minutes=10)
    enter(client)
    code = code_at(base32, at.timestamp() + seconds)
    assert client.post("/sign-in/code", data={"code": code}).status_code == status


def test_after_five_wrong_codes_even_the_right_one_is_refused(client, session, helmi, base32, codes):
    """CVE-2025-47781: codes that can be guessed without end."""
    at = later(client, minutes=10)
    right = code_at(base32, at)
    wrong = [f"{n:06}" for n in range(10) if f"{n:06}" != right]
    enter(client)
    answers = [client.post("/sign-in/code", data={"code": code}) for code in wrong[:5]]
    assert [answer.status_code for answer in answers] == [422] * 4 + [303]
    assert answers[-1].headers["location"] == "/sign-in"
    answer = client.post("/sign-in/code", data={"code": right})
    assert (answer.status_code, "session" in client.cookies) == (303, False)
    assert enter(client).status_code == 429  # and who has the password waits as anybody who guesses


def test_the_step_is_the_browsers_own_and_lasts_ten_minutes(client, base32, codes):
    at = later(client, minutes=10)
    enter(client)
    cookie = client.cookies["second"]
    client.cookies.clear()
    assert client.post("/sign-in/code", data={"code": code_at(base32, at)}).headers["location"] == "/sign-in"
    client.cookies.set("second", cookie)
    at = later(client, minutes=20)
    assert client.post("/sign-in/code", data={"code": code_at(base32, at)}).headers["location"] == "/sign-in"


def test_no_code_is_asked_for_once_the_password_has_said_so(client, session, settings, helmi, codes):
    sit(client, session, helmi)
    assert client.post("/account/authenticator", data={"password": "väärä", "action": "remove"}).status_code == 422
    assert client.post("/account/authenticator", data={"password": PASSWORD, "action": "remove"}).status_code == 303
    assert session.scalars(select(RecoveryCode)).all() == []
    assert enter(client).headers["location"] == "/people"
    texts = [text for _to, text in mailed(session, settings)]
    assert ["kysytään nyt koodia" in texts[0], "ei enää kysytä koodia" in texts[1]] == [True, True]


def test_a_confirmed_app_is_not_replaced_by_who_only_begins_anew(client, session, settings, helmi, base32, codes):
    sit(client, session, helmi)
    client.post("/account/authenticator", data={"password": PASSWORD})
    assert client.get("/account/authenticator").headers["location"] == "/account"
    at = later(client, minutes=5)
    enter(client)
    assert client.post("/sign-in/code", data={"code": code_at(base32, at)}).status_code == 303


def test_sessions_are_listed_and_ended_one_by_one_or_all(client, session, helmi):
    tokens = [sit(client, session, helmi, NOW, browser) for browser in ("Firefox, Windows", "Safari, iPhone", None)]
    page = client.get("/account").text
    assert ["Firefox, Windows" in page, "Safari, iPhone" in page, page.count("tämä selain")] == [True, True, 1]
    named = dict(session.execute(select(AccountSession.browser, AccountSession.token_hash)).all())
    client.post("/account/sessions", data={"session": named["Safari, iPhone"].hex()[:16]})
    assert [alive(client, token) for token in tokens] == [200, 303, 200]
    client.post("/account/sessions")
    assert [alive(client, token) for token in tokens] == [303, 303, 200]


def test_nobody_ends_anothers_session(client, session, helmi):
    theirs = sit(client, session, cast.account(session, email="lumi@koolle.example"), NOW, "Safari, iPhone")
    named = dict(session.execute(select(AccountSession.browser, AccountSession.token_hash)).all())
    sit(client, session, helmi)
    client.post("/account/sessions", data={"session": named["Safari, iPhone"].hex()[:16]})
    client.post("/account/sessions")
    assert alive(client, theirs) == 200


def alive(client, token: str) -> int:
    client.cookies.clear()
    client.cookies.set("session", token)
    return client.get("/account").status_code


def test_a_forgotten_password_is_replaced_once_within_half_an_hour(client, session, settings, helmi):
    open_elsewhere = sit(client, session, helmi)
    client.cookies.clear()
    client.post("/reset", data={"email": "HELMI@koolle.example"})
    link = link_in(mailed(session, settings)[0][1])
    assert [client.get(link).status_code, client.post(link, data={"password": "lyhyt"}).status_code] == [200, 422]
    assert client.post(link, data={"password": NEW}).headers["location"] == "/sign-in"
    assert "session" not in client.cookies
    assert [client.get(link).status_code, client.post(link, data={"password": NEW}).status_code] == [410, 410]
    assert alive(client, open_elsewhere) == 303
    assert (enter(client).status_code, enter(client, NEW).status_code) == (422, 303)
    assert "Salasanasi on vaihdettu." in mailed(session, settings)[1][1]


def test_only_the_newest_link_opens_and_not_for_long(client, session, settings, helmi):
    for _n in range(2):
        client.post("/reset", data={"email": helmi.email})
    first, second = [link_in(text) for _to, text in mailed(session, settings)]
    assert [client.get(link).status_code for link in (first, second)] == [410, 200]
    later(client, minutes=30)
    assert client.post(second, data={"password": NEW}).status_code == 410


def test_the_answer_tells_nobody_who_exists(client, session, settings, helmi):
    answers = [client.post("/reset", data={"email": f"{name}@koolle.example"}) for name in ("helmi", "kaino")]
    assert answers[0].text.replace("helmi@", "kaino@") == answers[1].text
    assert [to for to, _text in mailed(session, settings)] == [helmi.email]


def test_nobody_is_flooded_with_links(client, session, settings, helmi):
    for _n in range(9):
        assert client.post("/reset", data={"email": helmi.email}).status_code == 200
    assert len(mailed(session, settings)) == 3


def test_asking_for_links_keeps_nobody_behind_the_same_address_out(client, session, settings, helmi):
    for n in range(21):
        assert client.post("/reset", data={"email": f"kaino{n}@koolle.example"}).status_code == 200
    client.post("/reset", data={"email": helmi.email})
    assert (mailed(session, settings), enter(client).status_code) == ([], 303)
    later(client, minutes=15)
    client.post("/reset", data={"email": helmi.email})
    assert [to for to, _text in mailed(session, settings)] == [helmi.email]


def test_of_two_presses_with_one_link_one_sets_a_password(client, session, connection, settings, helmi):
    client.post("/reset", data={"email": helmi.email})
    link, before, looks = link_in(mailed(session, settings)[0][1]), helmi.password_hash, []

    def used(_connection, cursor, statement, *_):
        looks.extend(["look"] if "FROM account_tokens" in statement and statement.startswith("SELECT") else [])
        if len(looks) == 1:
            looks.append("the other press")
            connection.execute(delete(AccountToken))

    event.listen(connection, "after_cursor_execute", used)
    assert client.post(link, data={"password": NEW}).status_code == 410
    event.remove(connection, "after_cursor_execute", used)
    assert looks == ["look", "the other press", "look"]
    session.expire_all()
    assert (helmi.password_hash, len(mailed(session, settings))) == (before, 1)


def test_a_reset_leaves_the_second_factor(client, session, settings, helmi, base32, codes):
    client.cookies.clear()
    client.post("/reset", data={"email": helmi.email})
    link = link_in(mailed(session, settings)[-1][1])
    client.post(link, data={"password": NEW})
    assert enter(client, NEW).headers["location"] == "/sign-in/code?next=/people"


def test_mails_name_the_configured_address_whatever_host_asks(client, session, settings, helmi):
    """CVE-2021-30185: a link to a new password built from the attacker's Host."""
    answer = client.post("/reset", data={"email": helmi.email}, headers={"Host": "evil.example"})
    assert (answer.status_code, mailed(session, settings)) == (400, [])
    client.post("/reset", data={"email": helmi.email}, headers={"X-Forwarded-Host": "evil.example"})
    assert link_in(mailed(session, settings)[0][1]).startswith("/reset/")


def test_who_has_ended_has_no_link(client, session, settings, helmi):
    session.get(Account, helmi.id).ended_at = NOW
    session.commit()
    client.post("/reset", data={"email": helmi.email})
    assert mailed(session, settings) == []
