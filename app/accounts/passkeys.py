"""Passkeys (WebAuthn Level 3): a key that a person's device holds for our host name alone, and opens by their finger,
face or PIN. It is two factors at once, and nothing that anybody could tell to a page that only looks like ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.models import Account, AccountToken, Passkey
from app.accounts.sealing import handle_of
from app.settings import Settings

MOST = 20  # of one account
MILLISECONDS = 300_000
REQUIRED = UserVerificationRequirement.REQUIRED
NO_ANSWER = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)  # what is no browser's answer


class Party(NamedTuple):
    """Whom passkeys are for: the host name, and the origin that a browser says it is at."""

    id: str
    origin: str

    def is_asked_by(self, host: str | None) -> bool:
        """Whether a page at a host may make and use them (WebAuthn Level 3, 5.1.3)."""
        return host == self.id or (host or "").endswith(f".{self.id}")


def party_of(settings: Settings) -> Party | None:
    """Return whom this installation's passkeys are for; None where it has no name, since they are for names only. This
    machine is called localhost."""
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    if host == "127.0.0.1":
        return Party("localhost", settings.base_url.replace("127.0.0.1", "localhost"))
    try:
        ip_address(host)
    except ValueError:
        return Party(host, settings.base_url)
    return None


def options_to_add(settings: Settings, email: str, name: str, had: Iterable[bytes]) -> tuple[str, bytes]:
    """Return what the browser is asked to make a passkey by, as JSON, and its challenge; had are the ids of those that
    the account has, which no device makes twice."""
    party = _party(settings)
    options = webauthn.generate_registration_options(
        rp_id=party.id, rp_name="Koolle", user_id=handle_of(settings.secret, email), user_name=email,
        user_display_name=name, timeout=MILLISECONDS,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in had],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
        ),
    )  # fmt: skip
    return webauthn.options_to_json(options), options.challenge


def options_to_enter(settings: Settings) -> tuple[str, bytes]:
    """Return what the browser is asked to sign in by, as JSON, and its challenge: it names nobody."""
    options = webauthn.generate_authentication_options(
        rp_id=_party(settings).id, timeout=MILLISECONDS, user_verification=REQUIRED
    )
    return webauthn.options_to_json(options), options.challenge


class Made(NamedTuple):
    """A passkey that a browser has made, not yet anybody's."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def made(settings: Settings, credential: str, asked: AccountToken | None) -> Made | None:
    """Return the passkey that a browser made when it was asked to; None where it is not what was asked for."""
    if asked is None or asked.value is None:
        return None
    party = _party(settings)
    try:
        answer = webauthn.helpers.parse_registration_credential_json(credential)
        found = webauthn.verify_registration_response(
            credential=answer, expected_challenge=asked.value, expected_rp_id=party.id,
            expected_origin=party.origin, require_user_verification=True,
        )  # fmt: skip
        framed = _is_framed(answer.response.client_data_json)
    except NO_ANSWER:
        return None
    if framed:
        return None
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def keep(session: Session, account: Account, one: Made, name: str, at: datetime) -> Passkey:
    """Store a passkey as an account's; raises IntegrityError for one that is somebody's already."""
    row = Passkey(account_id=account.id, name=name, added_at=at, **one._asdict())
    session.add(row)
    session.flush()
    return row


def by_passkey(
    session: Session, settings: Settings, credential: str, asked: AccountToken | None, at: datetime
) -> Account | None:
    """Return whose passkey has signed what was asked; None for nobody's, for a wrong signature, and for a copy (its
    count does not go on)."""
    try:
        answer = webauthn.helpers.parse_authentication_credential_json(credential)
        key = session.scalar(select(Passkey).where(Passkey.credential_id == answer.raw_id).with_for_update())
        if key is None or asked is None or asked.value is None:
            return None
        party = _party(settings)
        verified = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=asked.value, expected_rp_id=party.id, expected_origin=party.origin,
            credential_public_key=key.public_key, credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )  # fmt: skip
        framed = _is_framed(answer.response.client_data_json)
    except NO_ANSWER:
        return None
    account = session.get(Account, key.account_id)
    if framed or account is None or account.ended_at is not None:
        return None
    key.sign_count, key.used_at = verified.new_sign_count, at
    return account


def passkeys_of(session: Session, account_id: int) -> list[Passkey]:
    query = select(Passkey).where(Passkey.account_id == account_id)
    return list(session.scalars(query.order_by(Passkey.added_at, Passkey.id)))


def _is_framed(client_data: bytes) -> bool:
    """Whether the page that asked stood in another site's (WebAuthn Level 3, 7.1 and 7.2): ours stand in nobody's."""
    return bool(webauthn.helpers.parse_client_data_json(client_data).cross_origin)


def _party(settings: Settings) -> Party:
    party = party_of(settings)
    if party is None:
        raise LookupError("an installation without a name has no passkeys")
    return party
