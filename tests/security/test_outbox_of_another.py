"""The one outbox is the whole installation's: an owner of a second secretariat stops and releases nobody's mails."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.sessions import sign_in
from app.mail.models import Outbox
from app.secretariats.keeping import add_secretariat
from tests import cast
from tests.conftest import NOW, PASSWORD

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@sqlite
@pytest.mark.parametrize("oldest, status", [(True, 303), (False, 403)])
def test_who_holds_all_mails(client, session, oldest, status):
    another = add_secretariat(session, "Toinen").id
    account = cast.account(session, role="owner", secretariat_id=1 if oldest else another)
    _account, token = sign_in(session, account.email, PASSWORD, NOW)
    session.commit()
    client.cookies.set("session", token)
    assert ("/outbox/hold" in client.get("/outbox").text) is oldest
    assert client.post("/outbox/hold").status_code == status
    assert (session.scalar(select(Outbox.held_at)) is not None) is oldest
    assert client.post("/outbox/release").status_code == status
