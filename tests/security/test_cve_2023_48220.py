"""Decidim CVE-2023-48220: an invitation that had run out was accepted all the same, by way of a new password.

Here an invitation that has run out, was renewed or withdrawn makes no account, by whichever way it is tried.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.accounts.colleagues import accept, invitation_of, invite, renew
from app.accounts.models import Account, AccountInvitation
from app.secretariats.models import Role
from tests.conftest import NOW, PASSWORD
from tests.security.organisation import provider  # noqa: F401
from tests.security.provider import back, go

LUMI = {"email": "lumi@koolle.example", "name": "Lumi Lehtonen", "role": "secretary", "language": "fi"}
CHOSEN = "hiljaa sataa räntää"


def ran_out(session, invited):
    invited.invitation.expires_at = NOW


def renewed(session, invited):
    renew(session, invited.invitation, NOW)


def withdrawn(session, invited):
    session.execute(delete(AccountInvitation))


def used(session, invited):
    accept(session, invited.invitation)
    session.execute(delete(Role))
    session.execute(delete(Account))


@pytest.fixture(params=[ran_out, renewed, withdrawn, used])
def token(request, session, provider) -> str:  # noqa: F811
    invited = invite(session, 1, at=NOW - timedelta(hours=1), **LUMI)
    request.param(session, invited)
    session.commit()
    return invited.token


def nobody(session) -> bool:
    session.expire_all()
    return session.scalars(select(Account.id)).all() == [] and session.scalars(select(Role.id)).all() == []


@pytest.mark.long
def test_no_way_leads_in(client, session, provider, token):  # noqa: F811
    assert invitation_of(session, token, NOW) is None
    join = f"/join/{token}"
    tried = [
        client.get(join), client.post(join, data={"password": CHOSEN}), client.post(join, data={"credential": "{}"}),
        client.post(f"{join}/passkey"), client.post("/reset", data={"email": LUMI["email"]}),
        client.post("/sign-in", data={"email": LUMI["email"], "password": CHOSEN}), client.get(f"/reset/{token}"),
        client.post(f"/reset/{token}", data={"password": CHOSEN}),
    ]  # fmt: skip
    assert [answer.status_code for answer in tried] == [410, 410, 410, 404, 200, 422, 410, 410]
    asked = go(client, provider, join=token)
    assert back(client, asked["state"]).status_code == 200
    assert client.post("/sign-in/organisation/enter").status_code == 410
    assert nobody(session) and client.get("/people").status_code == 303


def test_one_that_holds_is_bound_to_its_address_role_and_secretariat(client, session):
    made = invite(session, 1, at=NOW, **LUMI)
    session.commit()
    more = {"password": CHOSEN, "email": "kaino@evil.example", "role": "owner", "secretariat_id": "2", "name": "Kaino"}
    assert client.post(f"/join/{made.token}", data=more).status_code == 303
    [account] = session.scalars(select(Account))
    [role] = session.scalars(select(Role))
    assert (account.email, account.name) == (LUMI["email"], LUMI["name"])
    assert (role.role, role.secretariat_id, role.account_id) == ("secretary", 1, account.id)
    assert client.post(f"/join/{made.token}", data=more).status_code == 410
    assert PASSWORD != CHOSEN


@pytest.mark.parametrize(("hours", "holds"), [(71, True), (72, False), (1_000, False)])
def test_it_holds_for_seventy_two_hours(session, hours, holds):
    made = invite(session, 1, at=NOW, **LUMI)
    assert (invitation_of(session, made.token, NOW + timedelta(hours=hours)) is not None) == holds
