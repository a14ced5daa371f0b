"""Makes, opens and renews personal links."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.db import chunks
from app.errors import NotFound
from app.links.models import PersonalLink
from app.links.tokens import CROCKFORD, LENGTH, derive, digest
from app.rows import add_rows
from app.settings import Settings

BY_TOKEN = select(PersonalLink).where(PersonalLink.token_hash == bindparam("digest"))


def personal_link(session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str) -> str:
    """Return the address of a person's link, made if there is none yet: `<base_url>/i/<token>`."""
    return address_of(settings, link_of(session, settings, event_id=event_id, person_id=person_id, purpose=purpose))


def link_of(session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str) -> PersonalLink:
    """Return a person's link, made if there is none yet."""
    one = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id, PersonalLink.purpose == purpose
    link = session.scalar(select(PersonalLink).where(*one, ~PersonalLink.former))
    if link is None:
        link = PersonalLink(**_new_link(settings, event_id=event_id, person_id=person_id, purpose=purpose))
        session.add(link)
        session.flush()
    return link


class Key(NamedTuple):
    """A link's own columns, without the object: what thousands of mails need of it."""

    event_id: int
    person_id: int
    public_id: str
    version: int


def links_of(
    session: Session, settings: Settings, *, event_id: int, person_ids: Sequence[int], purpose: str
) -> dict[int, Key]:
    """Return the links of many people by their ids, made where there are none yet, in a few statements for all."""
    mine = PersonalLink.event_id == event_id, PersonalLink.purpose == purpose, ~PersonalLink.former
    columns = PersonalLink.event_id, PersonalLink.person_id, PersonalLink.public_id, PersonalLink.version
    keys = {
        row.person_id: Key(*row)
        for ids in chunks(person_ids)
        for row in session.execute(select(*columns).where(*mine, PersonalLink.person_id.in_(ids)))
    }
    new = [
        _new_link(settings, event_id=event_id, person_id=person_id, purpose=purpose)
        for person_id in dict.fromkeys(person_ids)
        if person_id not in keys
    ]
    if new:
        add_rows(session, PersonalLink.__table__, new)
    made = (Key(event_id, one["person_id"], one["public_id"], one["version"]) for one in new)
    return keys | {key.person_id: key for key in made}


def _new_link(settings: Settings, *, event_id: int, person_id: int, purpose: str) -> dict[str, Any]:
    public_id = base64.b32encode(secrets.token_bytes(8)).decode()[:12].translate(CROCKFORD)
    return {
        "public_id": public_id, "event_id": event_id, "person_id": person_id, "purpose": purpose, "version": 1,
        "token_hash": digest(derive(settings.secret, purpose, public_id, 1)), "former": False,
    }  # fmt: skip


def address_of(settings: Settings, link: PersonalLink) -> str:
    """Return what a link's owner is sent."""
    return written_address(settings, link.purpose, link.public_id, link.version)


def token_of(settings: Settings, link: PersonalLink) -> str:
    return derive(settings.secret, link.purpose, link.public_id, link.version)


def written_address(settings: Settings, purpose: str, public_id: str, version: int) -> str:
    """Return the address of the link of which only this is known: it is made of the installation's secret."""
    return f"{settings.base_url}/i/{derive(settings.secret, purpose, public_id, version)}"


def open_link(session: Session, token: str) -> PersonalLink:
    """Return the link that a token opens; raises NotFound alike for unknown, altered, renewed and revoked ones."""
    wanted = sought(token)
    link = session.scalar(BY_TOKEN, {"digest": wanted}) if wanted else None
    if link is None or link.revoked_at is not None:
        raise NotFound
    return link


def sought(token: str) -> bytes | None:
    """Return what a token's link is looked up by; None for what cannot be a token."""
    return digest(token) if len(token) == LENGTH and token.isalnum() and token.isascii() else None
