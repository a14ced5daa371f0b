"""A memo that is begun, Helmi's browser (`signed_in`) and Saima's; a module with an event of its own has that."""

from __future__ import annotations

import pytest

from app.accounts.sessions import sign_in
from app.events.queries import event_by_id
from app.memos.memos import begin_memo
from app.memos.models import Memo
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, PASSWORD


@pytest.fixture
def event(session):
    aarne = cast.person(session, "Aarne Aho", of=cast.organisation(session))
    made = cast.event(session, cast.group(session, "Siltaneuvosto", chair=[aarne]), background="Sillat yhdistävät.")
    session.commit()
    return made


@pytest.fixture
def memo(session, event) -> Memo:
    begun = begin_memo(session, event_by_id(session, event.id), NOW.date())
    session.commit()
    return begun


@pytest.fixture
def saima(client, session, app, portal, helmi):
    """Saima's browser."""
    account = cast.account(session, email="saima@koolle.example", name="Saima Salo")
    session.commit()
    _account, token = sign_in(session, account.email, PASSWORD, NOW)
    session.commit()
    browser = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
    browser.cookies.set("session", token)
    return browser
