"""Fixtures of the organisation's sign-in: a provider, and Helmi, who is linked with it."""

from __future__ import annotations

import pytest

from app.accounts.identities import link
from tests.conftest import NOW
from tests.security.provider import SUBJECT, provided, told_of


@pytest.fixture
def provider(client, app, settings):
    with provided() as provider:
        app.state.settings = told_of(settings, provider)
        yield provider


@pytest.fixture
def linked(session, helmi, provider):
    assert link(session, helmi, provider.issuer, SUBJECT, NOW)
    session.commit()
    return helmi
