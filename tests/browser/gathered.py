"""A secretariat of two, a third who is invited, and all that signs Helmi in."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.colleagues import invite
from app.accounts.models import Account, Passkey
from app.accounts.one_time import propose
from app.accounts.resets import give_reset
from tests import cast
from tests.browser.conftest import House


def gathered(house: House) -> dict[str, str]:
    """Returns what the links of an invitation and of a reset end in."""
    at = house.clock()
    with house.database.session() as session:
        helmi = session.scalars(select(Account)).one()
        propose(session, house.settings.secret, helmi)
        key = {"credential_id": b"key", "public_key": b"", "sign_count": 0, "name": "työkannettava", "added_at": at}
        session.add(Passkey(account_id=helmi.id, **key))
        otso = cast.account(session, "viewer", email="otso@koolle.example", name="Otso Orava", password_hash=None)
        asked = {"name": "Lumi Lehtonen", "role": "secretary", "language": "fi"}
        invited = invite(session, 1, email="lumi@koolle.example", at=at, **asked)
        return {"join": invited.token, "reset": give_reset(session, otso, at)}
