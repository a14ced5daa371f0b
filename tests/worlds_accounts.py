"""The world's secretariat: people with passkeys and sessions, and those who are invited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.colleagues import invite
from app.accounts.identities import link
from app.accounts.models import Account, Passkey
from app.accounts.resets import give_reset
from app.accounts.sessions import begin
from app.secretariats.scope import given_by
from tests import cast
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.worlds import World


def join(world: World, n: int) -> None:
    """One more colleague, one more invited; everybody signs in with one more passkey, at one more browser."""
    session, number = world.session, n + world.apart
    place = given_by(session) or 1
    one = cast.account(session, "secretary", place, email=f"kollega{number}@koolle.example", name=f"Kollega {n}")
    link(session, one, "https://tunnus.example", f"kollega-{number}", NOW)
    invited = invite(
        session, place, email=f"kutsuttu{n}@koolle.example", name=f"Kutsuttu {n}", role="viewer", language="fi", at=NOW
    )
    for account in session.scalars(select(Account)).all():
        begin(session, account, NOW - timedelta(minutes=n + 1), browser="Firefox, Windows")
        key = f"{number} {account.id}".encode()
        kept = {"credential_id": key, "public_key": b"", "sign_count": 0, "name": f"avain {n}", "added_at": NOW}
        session.add(Passkey(account_id=account.id, **kept))
    session.flush()
    if not n:
        world.ids |= {
            "account_id": one.id,
            "join_token": invited.token,
            "passkey_id": session.scalar(select(Passkey.id).where(Passkey.credential_id == key)),
        }
        world.ids |= {"invitation_id": invited.invitation.id, "reset_token": give_reset(session, one, NOW)}
    session.flush()
