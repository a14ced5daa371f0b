"""Helmi signs in at her organisation; an answer that is not the issuer's, or not hers, signs nobody in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from app.accounts import organisation
from app.accounts.models import Account, AccountInvitation, Identity
from app.accounts.organisation import AT_A_TIME
from app.accounts.provider_line import MOST_BYTES
from app.errors import BadSetting
from app.settings import read_settings
from tests import cast
from tests.accounts.moving import later, link_in, mailed, sit
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.conftest import NOW, PASSWORD

LUMI = {"email": "lumi@koolle.example", "name": "Lumi Lehtonen", "role": "viewer", "language": "fi"}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(running, client) -> Provider:
    """The organisation's sign-in, which this installation is told of."""
    running.begin()
    client.app.state.settings = replace(
        client.app.state.settings, oidc_issuer=running.url, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
        oidc_name="Virtatunnus",
    )  # fmt: skip
    return running


@pytest.fixture
def linked(session, helmi, provider) -> Account:
    session.add(Identity(account_id=helmi.id, issuer=provider.url, subject="hakala-7", linked_at=NOW))
    session.commit()
    return helmi


def go(client, provider, query="", at=NOW) -> str:
    """Begin, sign in there; returns what leads back."""
    answer = client.get("/sign-in/organisation" + query)
    assert answer.status_code == 303
    return provider.sign_in(answer.headers["location"], at)


def enter(client, provider, query=""):
    answer = client.get(go(client, provider, query))
    assert (answer.status_code, "session" in client.cookies) == (200, False)  # nothing is done without a press
    return client.post("/sign-in/organisation/enter")


def test_helmi_signs_in_there_and_presses_once_here(client, provider, linked):
    assert "Virtatunnus" in client.get("/sign-in").text
    assert enter(client, provider, "?next=/people").headers["location"] == "/people"
    assert client.get("/people").status_code == 200
    [asked] = provider.asked
    assert (asked["code_challenge_method"], asked["scope"], asked["client_id"]) == ("S256", "openid", CLIENT)
    assert asked["redirect_uri"] == "http://testserver/sign-in/organisation/back"


WRONG = {
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "aud": {"aud": "another"},
    "several aud without azp": {"aud": [CLIENT, "another"]},
    "no aud": {"aud": None},
    "iss": {"iss": "http://evil.example"},
    "expired": {"exp": int(NOW.timestamp()) - 61},
    "no exp": {"exp": None},
    "from tomorrow": {"iat": int(NOW.timestamp()) + 86400},
    "no sub": {"sub": None},
    "empty sub": {"sub": ""},
    "sub that is no text": {"sub": 7},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_is_not_for_this_sign_in_is_refused(client, provider, linked, wrong):
    """CVE-2026-114617: a token that switched the check of its nonce off."""
    provider.claims = WRONG[wrong]
    assert client.get(go(client, provider)).status_code == 400
    assert client.post("/sign-in/organisation/enter").status_code == 400
    assert "session" not in client.cookies


def test_the_public_key_is_no_shared_secret(client, provider, linked):
    """CVE-2026-114615: the public key taken as the secret of HS256."""
    provider.confuse()
    assert client.get(go(client, provider)).status_code == 400


def test_an_unsigned_token_is_refused(client, provider, linked):
    provider.algorithm = "none"
    assert client.get(go(client, provider)).status_code == 400


def test_a_token_of_another_key_is_refused(client, provider, linked):
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert client.get(go(client, provider)).status_code == 400


def test_another_browsers_answer_is_refused(client, provider, linked):
    """CVE-2025-68158, CVE-2026-41425, CVE-2023-27891: a state that is not bound to the browser that asked."""
    back = go(client, provider)
    client.cookies.clear()
    assert client.get(back).status_code == 400
    go(client, provider)  # a browser that has begun something else
    assert client.get(back).status_code == 400


def test_an_answer_comes_once_and_in_time(client, provider, linked):
    back = go(client, provider)
    later(client, minutes=11)
    assert client.get(back).status_code == 400
    later(client)
    assert client.get(go(client, provider)).status_code == 200
    told = client.cookies["entered"]
    assert client.post("/sign-in/organisation/enter").status_code == 303
    client.cookies.clear()
    client.cookies.set("entered", told)
    assert client.post("/sign-in/organisation/enter").status_code == 400


def test_a_description_of_another_issuer_is_not_believed(client, provider, linked):
    """CVE-2026-104056: a poisoned discovery."""
    provider.issuer = "http://evil.example"
    assert client.get("/sign-in/organisation").status_code == 503


def test_while_it_does_not_answer_a_password_still_opens(client, provider, linked):
    provider.status = 500
    answer = client.get("/sign-in/organisation")
    assert (answer.status_code, "Virtatunnus" in answer.text) == (503, True)
    assert client.post("/sign-in", data={"email": linked.email, "password": PASSWORD}).status_code == 303


def test_who_presses_while_it_is_slow_keeps_nobody_waiting(client, provider, linked):
    """Each that waits for the provider holds a thread, of which there are six for everybody."""
    back = go(client, provider)
    taken = 0
    while AT_A_TIME.acquire(blocking=False):
        taken += 1
    answers = [client.get(path).status_code for path in ("/sign-in/organisation", back)]
    AT_A_TIME.release(taken)
    assert (answers, taken) == ([503, 503], 3)
    assert client.get(back).status_code == 200


@pytest.mark.parametrize("slow", ["/openid-configuration", "/token", "/keys"])
def test_who_answers_letter_by_letter_is_given_up(client, provider, linked, monkeypatch, slow):
    monkeypatch.setattr(organisation, "IN_ALL", 0.4)
    back = go(client, provider)
    provider.slow = slow
    begun = time.monotonic()
    assert client.get(back).status_code == 503
    assert time.monotonic() - begun < 3


def test_a_token_that_never_ends_is_not_read(client, provider, linked):
    back = go(client, provider)
    provider.padding = MOST_BYTES
    assert client.get(back).status_code == 503
    provider.padding = 0
    assert client.get(go(client, provider)).status_code == 200


def test_an_address_links_nobody(client, session, provider, helmi):
    """Whoever has Helmi's address at the organisation is not thereby Helmi."""
    provider.claims = {"email": helmi.email, "email_verified": True}
    assert enter(client, provider).status_code == 403
    assert (session.scalars(select(Identity)).all(), "session" in client.cookies) == ([], False)


def test_lumi_joins_by_it(client, session, settings, provider, helmi):
    sit(client, session, helmi)
    client.post("/accounts", data=LUMI)
    token = link_in(mailed(session, settings)[0][1]).rpartition("/")[2]
    client.cookies.clear()
    assert enter(client, provider, f"?join={token}").headers["location"] == "/"
    assert client.get("/people").status_code == 200
    [identity] = session.scalars(select(Identity))
    assert (identity.issuer, identity.subject) == (provider.url, "hakala-7")
    assert session.get(Account, identity.account_id).email == LUMI["email"]
    client.cookies.clear()
    assert enter(client, provider).status_code == 303


@pytest.mark.parametrize("ending", ["ran out", "withdrawn"])
def test_an_invitation_that_ended_meanwhile_activates_nothing(client, session, settings, provider, helmi, ending):
    """CVE-2023-48220."""
    sit(client, session, helmi)
    client.post("/accounts", data=LUMI)
    token = link_in(mailed(session, settings)[0][1]).rpartition("/")[2]
    client.cookies.clear()
    if ending == "ran out":
        at = later(client, hours=71, minutes=59)
    else:
        session.delete(session.scalars(select(AccountInvitation)).one())
        session.commit()
        at = NOW
    provider_back = go(client, provider, f"?join={token}", at)
    assert client.get(provider_back).status_code == 200
    if ending == "ran out":
        later(client, hours=72)
    assert client.post("/sign-in/organisation/enter").status_code == 410
    assert [one.email for one in session.scalars(select(Account))] == [helmi.email]


def test_helmi_links_and_unlinks_her_own_account(client, session, settings, provider, helmi):
    sit(client, session, helmi)
    assert client.get(go(client, provider, "?own=1")).status_code == 200
    assert client.post("/account/organisation", data={"password": PASSWORD}).status_code == 303
    assert session.scalars(select(Identity)).one().account_id == helmi.id
    assert client.post("/account/organisation/unlink", data={"password": PASSWORD}).status_code == 303
    assert session.scalars(select(Identity)).all() == []
    assert len(mailed(session, settings)) == 2


def test_who_sits_down_at_her_screen_links_and_unlinks_nothing(client, session, provider, linked):
    """Whoever linked their own identity would sign in as her from then on."""
    sit(client, session, linked)
    for wrong in ({}, {"password": "väärä"}):
        assert client.post("/account/organisation/unlink", data=wrong).status_code == 422
        client.get(go(client, provider, "?own=1"))
        answer = client.post("/account/organisation", data=wrong)
        assert (answer.status_code, "Tämä ei ole salasanasi." in answer.text) == (422, True)
    assert session.scalars(select(Identity.subject)).all() == ["hakala-7"]


def test_what_was_begun_for_a_sign_in_links_no_account(client, session, provider, helmi):
    """Nobody is made to link their account with somebody else's identity."""
    sit(client, session, helmi)
    client.get(go(client, provider))
    assert client.post("/account/organisation", data={"password": PASSWORD}).status_code == 400
    assert session.scalars(select(Identity)).all() == []


def test_one_identity_opens_one_account(client, session, provider, linked):
    sit(client, session, cast.account(session, email="lumi@koolle.example"))
    client.get(go(client, provider, "?own=1"))
    assert client.post("/account/organisation", data={"password": PASSWORD}).status_code == 409


def test_whose_access_has_ended_is_not_let_in(client, session, provider, linked):
    session.get(Account, linked.id).ended_at = NOW
    session.commit()
    assert enter(client, provider).status_code == 403


def test_a_page_elsewhere_sends_nobody_there(client, provider):
    answer = client.get("/sign-in/organisation", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["location"] == "/sign-in"


def test_without_a_provider_there_is_no_such_page(client):
    for path in ("/sign-in/organisation", "/sign-in/organisation/back?state=x&code=y"):
        assert client.get(path).status_code == 404
    assert client.post("/sign-in/organisation/enter").status_code == 400


SOUND = {
    "KOOLLE_OIDC_ISSUER": "https://tunnus.example", "KOOLLE_OIDC_CLIENT_ID": "koolle",
    "KOOLLE_OIDC_CLIENT_SECRET": "salaisuus", "KOOLLE_OIDC_NAME": "Virtatunnus",
}  # fmt: skip


def test_it_is_told_of_by_settings(tmp_path):
    told = read_settings(SOUND | {"KOOLLE_DATA": str(tmp_path)})
    assert (told.oidc_issuer, told.oidc_name) == ("https://tunnus.example", "Virtatunnus")
    assert read_settings({"KOOLLE_DATA": str(tmp_path)}).oidc_issuer is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOOLLE_OIDC_ISSUER", "http://tunnus.example"),
        ("KOOLLE_OIDC_ISSUER", "tunnus.example"),
        ("KOOLLE_OIDC_ISSUER", "https://tunnus.example?x=y"),
        ("KOOLLE_OIDC_CLIENT_ID", ""),
        ("KOOLLE_OIDC_CLIENT_SECRET", ""),
        ("KOOLLE_OIDC_NAME", "a\nb"),
    ],
)
def test_nonsense_stops_the_start(tmp_path, name, value):
    with pytest.raises(BadSetting) as refused:
        read_settings(SOUND | {"KOOLLE_DATA": str(tmp_path), name: value})
    assert refused.value.name == name
