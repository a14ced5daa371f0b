"""Authlib CVE-2026-104056: what a provider said of itself was believed though it named another issuer.

Here a description is the configured issuer's or nobody's, and a token is of that issuer or not believed.
"""

from __future__ import annotations

import pytest

from tests.security.organisation import linked, provider  # noqa: F401
from tests.security.provider import back, go


@pytest.mark.long
@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"issuer": ""}, {"issuer": ["x"]},
        {"authorization_endpoint": "javascript:alert(7731)"}, {"authorization_endpoint": "file:///etc/passwd"},
        {"token_endpoint": "ftp://evil.example"}, {"jwks_uri": "file:///etc/passwd"}, {"jwks_uri": None},
    ],
)  # fmt: skip
def test_a_description_of_another_is_nobodys(client, linked, provider, description):  # noqa: F811
    provider.description = description
    answer = client.get("/sign-in/organisation")
    assert answer.status_code == 503 and "location" not in answer.headers


@pytest.mark.long
@pytest.mark.parametrize("change", [lambda issuer: issuer + "/", lambda issuer: "https://evil.example", lambda _: None])
def test_a_token_of_another_issuer_is_not_believed(client, linked, provider, change):  # noqa: F811
    provider.claims = {"iss": change(provider.issuer)}
    asked = go(client, provider)
    assert back(client, asked["state"]).status_code == 400


def test_an_identity_is_of_its_issuer(client, session, linked, provider):  # noqa: F811
    """The same subject at another issuer is somebody else."""
    from app.accounts.identities import by_identity
    from tests.security.provider import SUBJECT

    assert by_identity(session, provider.issuer, SUBJECT).id == linked.id
    for issuer in (provider.issuer + "/", "https://evil.example", "", provider.issuer.upper()):
        assert by_identity(session, issuer, SUBJECT) is None
    assert by_identity(session, provider.issuer, linked.email) is None
