"""Authlib CVE-2026-114617: a token without `nonce` switched the check of the nonce off.

Here a token without the nonce that this browser was given, or with any other claim that is not ours, is refused.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import AccountSession
from tests.conftest import NOW
from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import CLIENT, back, go

THEN = int(NOW.timestamp())
WRONG = [
    {"nonce": None},
    {"nonce": ""},
    {"nonce": "x" * 43},
    {"nonce": 0},
    {"nonce": ["x"]},
    {"aud": None},
    {"aud": "x"},
    {"aud": ["other"]},
    {"aud": [CLIENT, "other"]},
    {"aud": [CLIENT, "other"], "azp": "other"},
    {"sub": None},
    {"sub": ""},
    {"sub": 7731},
    {"sub": "x" * 256},
    {"exp": None},
    {"exp": THEN - 3_600},
    {"iat": None},
    {"iat": THEN + 3_600},
]


@pytest.mark.long
@pytest.mark.parametrize("claims", WRONG)
def test_a_token_that_was_not_made_for_this_is_refused(client, session, linked, provider, claims):  # noqa: F811
    provider.claims = claims
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 400
    assert client.post("/sign-in/organisation/enter").status_code == 400
    assert session.scalars(select(AccountSession.token_hash)).all() == []


def test_the_right_one_is_believed(client, linked, provider):  # noqa: F811
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 200
