"""Authlib CVE-2026-114615: a token signed with the public key as if it were a shared secret was believed.

Here the issuer's own keys sign by two algorithms that we name; what a token says of itself decides nothing.
"""

from __future__ import annotations

import pytest
from joserfc.jwk import RSAKey

from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import back, go


@pytest.mark.long
@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512", "none"])
def test_another_algorithm_is_not_believed(client, linked, provider, algorithm):  # noqa: F811
    provider.header = {"alg": algorithm}
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 400


def test_another_key_is_not_believed(client, linked, provider):  # noqa: F811
    provider.other = RSAKey.generate_key(2048, {"kid": "1"})
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 400


@pytest.mark.long
@pytest.mark.parametrize("where", ["jwk", "jku", "x5u", "x5c", "kid"])
def test_a_key_that_the_token_brings_along_is_not_looked_at(client, linked, provider, where):  # noqa: F811
    provider.other = RSAKey.generate_key(2048, {"kid": "2"})
    held = {"jwk": provider.other.as_dict(private=False), "x5c": ["AA=="], "kid": "../../2"}
    provider.header = {"alg": "RS256", "kid": "2"} | {where: held.get(where, f"{provider.issuer}/other")}
    asked = go(client, provider)
    provider.asked.clear()
    assert back(client, asked["state"]).status_code == 400
    assert [path for path, _form in provider.asked if path == "/other"] == []


@pytest.mark.long
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "." * 9, "x" * 100_000])
def test_what_is_no_token_is_refused(client, linked, provider, token):  # noqa: F811
    provider.token = token
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 400
