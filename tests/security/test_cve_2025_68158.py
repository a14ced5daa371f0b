"""Authlib CVE-2025-68158: `state` was kept where every browser's answer found it, so an attacker's answer signed the
victim in as the attacker.

Here what a browser began with is sealed in its own cookie: in another browser the same answer is refused.
"""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import AccountSession
from tests.asking import Client
from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import back, go


def test_the_answer_of_another_browser_is_refused(client, app, portal, session, linked, provider):  # noqa: F811
    victim = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
    attackers = go(client, provider)
    assert back(victim, attackers["state"]).status_code == 400
    go(victim, provider)  # even where the victim has begun as well
    assert back(victim, attackers["state"]).status_code == 400
    assert victim.post("/sign-in/organisation/enter").status_code == 400
    assert session.scalars(select(AccountSession.token_hash)).all() == []
    assert "/token" not in [path for path, _form in provider.asked]


def test_an_answer_counts_once(client, linked, provider):  # noqa: F811
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 200
    assert client.post("/sign-in/organisation/enter").status_code == 303
    assert back(client, asked["state"]).status_code == 400
    assert client.post("/sign-in/organisation/enter").status_code == 400
