"""What the trail says of an act is what the route has read: nobody who acts chooses other words, and no stranger fills
it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from tests import cast

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def actions(session) -> list:
    return [about.get("action") for about in session.scalars(select(AuditEntry.about).order_by(AuditEntry.number))]


@sqlite
@pytest.mark.parametrize("body", ["action=remove", "action=rename&action=remove", "action=rem%00ove"])
def test_the_press_that_counted_is_the_one_that_is_told(signed_in, session, body):
    assert signed_in.post("/account/sessions", content=body, headers=TYPE).status_code == 303
    assert actions(session) == ["remove"]


@sqlite
@pytest.mark.parametrize("sent", ["hold", "erase nothing", "ä" * 2000])
def test_what_holds_data_back_is_told_as_that(signed_in, session, sent):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    session.commit()
    until = {"held_until": "2027-01-01", "held_because": "valitus"}
    assert signed_in.post(f"/privacy/events/{event.id}", data={"act": sent} | until).status_code == 303
    assert actions(session) == ["hold"]


@pytest.mark.long
@sqlite
@pytest.mark.parametrize(
    ("path", "entries"), [("/sign-out", 0), ("/sign-in/passkey/options", 0), ("/sign-in/code", 0), ("/reset", 3)]
)
def test_a_stranger_fills_no_trail(client, session, path, entries):
    for _time in range(30):
        client.post(path, data={"email": "otso@rm.example", "action": "Helmi erased everything"})
    assert len(actions(session)) == entries
