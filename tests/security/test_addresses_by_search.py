"""Who may read no addresses cannot spell one out either, by what a search finds."""

from __future__ import annotations

import pytest

from app.accounts.sessions import sign_in
from tests import cast
from tests.conftest import NOW, PASSWORD

LETTERS = ("salainen.oja", "sal", "@rm.example", "rm.example")


@pytest.mark.long
@pytest.mark.parametrize("role, found", [("viewer", False), ("auditor", False), ("secretary", True)])
def test_an_address_is_found_by_who_may_read_it(client, session, role, found):
    otso = cast.person(session, "Otso Oja", "Salainen.Oja@rm.example", title="Rakennusneuvos")
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    cast.invitee(session, event, otso)
    cast.person(session, "Aino Aho", None)
    account = cast.account(session, role=role)
    _account, token = sign_in(session, account.email, PASSWORD, NOW)
    session.commit()
    client.cookies.set("session", token)
    pages = [f"{path}?q={{}}" for path in ("/people", "/search", "/search/at-once", f"/events/{event.id}/day")]
    assert {page: ["Otso" in client.get(page.format(word)).text for word in LETTERS] for page in pages} == {
        page: [found] * len(LETTERS) for page in pages
    }
    for word in ("oja", "otso rakennus", "neuvos"):
        assert ["Otso" in client.get(page.format(word)).text for page in pages] == [True] * 4
    assert "Aino" in client.get("/people?q=aho").text
