"""pretix CVE-2023-27891: the way back from an authorisation was taken by a browser that had not begun it.

Here an answer that this browser has not asked for is refused (400), and none signs anybody in without a press.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import AccountSession
from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import back, go


def sessions(session) -> list[bytes]:
    return list(session.scalars(select(AccountSession.token_hash)))


@pytest.mark.long
@pytest.mark.parametrize("state", ["", "x", "a" * 43, "null"])
def test_an_answer_that_nobody_asked_for_is_refused(client, session, linked, provider, state):  # noqa: F811
    assert back(client, state).status_code == 400
    assert sessions(session) == [] and provider.asked == []


def test_an_answer_signs_nobody_in_without_a_press(client, session, linked, provider):  # noqa: F811
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 200
    assert sessions(session) == [] and client.get("/people").status_code == 303
    assert client.post("/sign-in/organisation/enter").status_code == 303
    assert len(sessions(session)) == 1 and client.get("/people").status_code == 200


def test_nor_does_a_press_that_comes_from_elsewhere(client, session, linked, provider):  # noqa: F811
    asked = go(client, provider)
    back(client, asked["state"])
    elsewhere = client.post("/sign-in/organisation/enter", headers={"Origin": "http://evil.example"})
    assert elsewhere.status_code == 403 and sessions(session) == []
    begun = client.get("/sign-in/organisation", headers={"Sec-Fetch-Site": "cross-site"})
    assert begun.headers["location"] == "/sign-in"
