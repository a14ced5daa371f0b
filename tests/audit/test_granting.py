"""The trail of a secretariat tells who was let into it, in which role, by whom; whichever way they came."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import AccountInvitation
from app.audit.models import AuditEntry
from app.events.models import Event
from app.links.codes import allow_code, code_of
from app.links.models import PersonalLink
from app.secretariats.models import Role, Secretariat
from tests import cast
from tests.accounts.moving import link_in, mailed, sit
from tests.audit.test_page import lines
from tests.guests.conftest import answer, link, opened, stage  # noqa: F401 - fixtures
from tests.guests.test_undoing import changed  # noqa: F401 - a fixture

LUMI = {"email": "Lumi@koolle.example", "name": "Lumi Lehtonen", "role": "secretary", "language": "fi"}
PASSWORD = "hiljaa sataa räntää"


@pytest.fixture
def other(session, helmi) -> Secretariat:
    """A second secretariat, in which Helmi is the owner as well."""
    other = Secretariat(name="Toinen sihteeristö")
    session.add(other)
    session.flush()
    session.add(Role(account_id=helmi.id, secretariat_id=other.id, role="owner"))
    session.commit()
    return other


def noted(session) -> list[tuple]:
    query = select(AuditEntry.actor_id, AuditEntry.act, AuditEntry.about).order_by(AuditEntry.number)
    return [tuple(row) for row in session.execute(query)]


def invited(session) -> int:
    return session.scalars(select(AccountInvitation.id)).one()


def test_each_grant_is_noted_with_whom_and_what_before(signed_in, session, settings, helmi):
    signed_in.post("/accounts", data=LUMI)
    signed_in.post(f"/accounts/invitations/{invited(session)}", data={"action": "renew"})
    signed_in.post(link_in(mailed(session, settings)[-1][1]), data={"password": PASSWORD})
    lumi = session.scalars(select(Role.account_id).where(Role.role == "secretary")).one()
    sit(signed_in, session, helmi)
    signed_in.post(f"/accounts/{lumi}", data={"role": "viewer"})
    signed_in.post(f"/accounts/{lumi}/end")
    signed_in.post("/accounts", data=LUMI | {"email": "otso@koolle.example"})
    signed_in.post(f"/accounts/invitations/{invited(session)}", data={"action": "withdraw"})
    her, here = {"colleague": "lumi@koolle.example"}, {"secretariat": 1}
    told = [
        (who, act, {key: about[key] for key in about if not key.endswith("_id")}) for who, act, about in noted(session)
    ]
    assert told == [
        (helmi.email, "/accounts", her | {"role": "secretary"} | here),
        (helmi.email, "/accounts/invitations/{invitation_id}", her | {"role": "secretary", "action": "renew"} | here),
        ("lumi@koolle.example", "/join/{join_token}", her | {"role": "secretary"} | here),
        (helmi.email, "/accounts/{account_id}", her | {"role": "viewer", "was": "secretary"} | here),
        (helmi.email, "/accounts/{account_id}/end", her | {"was": "viewer"} | here),
        (helmi.email, "/accounts", {"colleague": "otso@koolle.example", "role": "secretary"} | here),
        (
            helmi.email, "/accounts/invitations/{invitation_id}",
            {"colleague": "otso@koolle.example", "role": "secretary", "action": "withdraw"} | here,
        ),
    ]  # fmt: skip
    page = signed_in.get("/audit").text
    assert lines(page) == [
        ("Helmi Hakala", "perui kutsun: otso@koolle.example, roolina sihteeri"),
        ("Helmi Hakala", "kutsui mukaan: otso@koolle.example, roolina sihteeri"),
        ("Helmi Hakala", "päätti pääsyn: Lumi Lehtonen (aiempi rooli: katselija)"),
        ("Helmi Hakala", "antoi roolin: Lumi Lehtonen, katselija (aiemmin: sihteeri)"),
        ("Lumi Lehtonen", "otti vastaan kutsun sihteeristöön, roolina sihteeri"),
        ("Helmi Hakala", "lähetti uuden liittymislinkin: Lumi Lehtonen, roolina sihteeri"),
        ("Helmi Hakala", "kutsui mukaan: Lumi Lehtonen, roolina sihteeri"),
    ]
    assert page.count(">lumi@koolle.example</td>") == 5  # names may be alike


@pytest.mark.parametrize("known", [True, False])
def test_who_joins_another_secretariat_is_told_there(client, session, settings, helmi, other, known):
    if known:
        cast.account(session, "viewer", email="lumi@koolle.example", name="Lumi Lehtonen")
    sit(client, session, helmi)
    client.post(f"/secretariats/{other.id}/work")
    client.post("/accounts", data=LUMI)
    where = link_in(mailed(session, settings)[-1][1])
    client.cookies.clear()
    assert client.post(where, data={"password": PASSWORD}).status_code == 303
    assert noted(session)[-1] == (
        "lumi@koolle.example", "/join/{join_token}",
        {"colleague": "lumi@koolle.example", "role": "secretary", "secretariat": other.id},
    )  # fmt: skip


def test_a_code_and_an_undoing_are_told_where_the_event_is(client, session, settings, other, stage, changed):  # noqa: F811, the fixtures
    session.get_one(Event, stage.event.id).secretariat_id = other.id
    letter = session.scalars(select(PersonalLink).where(PersonalLink.person_id == stage.elle.person_id)).one()
    allow_code(settings, letter)
    session.commit()
    client.cookies.clear()
    assert client.post("/code", data={"code": code_of(settings, letter)}).status_code == 303
    assert client.post(changed).status_code == 200
    there = {"event_id": stage.event.id, "secretariat": other.id}
    assert noted(session)[-2:] == [(None, "/code", there), ("undo", "/i/undo/{token}", there)]
