"""Authlib CVE-2026-41425: the mend of the state that is not bound to a session was incomplete.

Here nothing of a sign-in that has begun is kept by the server, what the browser keeps opens with our key alone, and
PKCE binds the code to it.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from importlib.metadata import version

import pytest
from sqlalchemy import select

from app.accounts.models import AccountToken
from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import back, go


def test_the_library_is_the_mended_one():
    assert tuple(map(int, version("authlib").split(".")[:2])) >= (1, 9)


def test_the_server_keeps_nothing_of_it(client, session, linked, provider):  # noqa: F811
    asked = go(client, provider)
    assert session.scalars(select(AccountToken.purpose)).all() == []
    kept = client.cookies["organisation"]
    assert asked["state"] not in kept and asked["nonce"] not in kept


@pytest.mark.parametrize("change", [lambda kept: kept[:-2] + "xx", lambda kept: "", lambda kept: kept[::-1]])
def test_what_a_browser_keeps_opens_as_we_wrote_it_only(client, linked, provider, change):  # noqa: F811
    asked = go(client, provider)
    kept = client.cookies["organisation"]
    client.cookies.clear()
    client.cookies.set("organisation", change(kept))
    assert back(client, asked["state"]).status_code == 400


def test_the_code_is_bound_to_the_browser_by_pkce(client, linked, provider):  # noqa: F811
    asked = go(client, provider)
    assert asked["code_challenge_method"] == "S256"
    back(client, asked["state"])
    [form] = [form for path, form in provider.asked if path == "/token"]
    made = urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
    assert made == asked["code_challenge"] and form["redirect_uri"] == "http://testserver/sign-in/organisation/back"
