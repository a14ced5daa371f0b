"""Makes, opens and renews personal links."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.db import chunks
from app.errors import NotFound
from app.links.models import LinkKey, PersonalLink
from app.links.tokens import CROCKFORD, LENGTH, derive, derive_code, digest
from app.rows import add_rows
from app.settings import Settings

BY_TOKEN = select(PersonalLink).where(PersonalLink.token_hash == bindparam("digest"))


def personal_link(
    session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str, anew: bool = False
) -> str:
    """Return the address of a person's link, made if there is none yet: `<base_url>/i/<token>`."""
    of = {"event_id": event_id, "person_id": person_id, "purpose": purpose}
    return address_of(settings, link_of(session, settings, **of, anew=anew))


def link_of(
    session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str, anew: bool = False
) -> PersonalLink:
    """Return a person's link, made if there is none yet. anew: they are invited once more, so that one that was revoked
    is renewed; what it was before stays dead."""
    one = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id, PersonalLink.purpose == purpose
    link = session.scalar(select(PersonalLink).where(*one, ~PersonalLink.former))
    if link is None:
        new = _new_link(settings, newest_key(session), event_id=event_id, person_id=person_id, purpose=purpose)
        link = PersonalLink(**new)
        session.add(link)
        session.flush()
    elif anew and link.revoked_at is not None:
        renew(settings, link)
    return link


class Key(NamedTuple):
    """A link's own columns, without the object: what thousands of mails need of it."""

    event_id: int
    person_id: int
    public_id: str
    version: int
    kid: int = 0


def links_of(
    session: Session, settings: Settings, *, event_id: int, person_ids: Sequence[int], purpose: str, anew: bool = False
) -> dict[int, Key]:
    """Return the links of many people by their ids, made where there are none yet, in a few statements for all; anew as
    in `link_of`."""
    mine = PersonalLink.event_id == event_id, PersonalLink.purpose == purpose, ~PersonalLink.former
    if anew:
        revoked = select(PersonalLink).where(*mine, PersonalLink.revoked_at.is_not(None))
        for ids in chunks(person_ids):
            for link in session.scalars(revoked.where(PersonalLink.person_id.in_(ids))):
                renew(settings, link)
        session.flush()
    t = PersonalLink
    columns = t.event_id, t.person_id, t.public_id, t.version, t.kid
    keys = {
        row.person_id: Key(*row)
        for ids in chunks(person_ids)
        for row in session.execute(select(*columns).where(*mine, PersonalLink.person_id.in_(ids)))
    }
    lacking = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in keys]
    if lacking:
        kid = newest_key(session)
        new = [_new_link(settings, kid, event_id=event_id, person_id=one, purpose=purpose) for one in lacking]
        add_rows(session, PersonalLink.__table__, new)
        keys |= {one["person_id"]: Key(event_id, one["person_id"], one["public_id"], 1, kid) for one in new}
    return keys


def newest_key(session: Session) -> int:
    """Return which key new links are derived with."""
    return session.scalar(select(func.max(LinkKey.id))) or 0


def _new_link(settings: Settings, kid: int, *, event_id: int, person_id: int, purpose: str) -> dict[str, Any]:
    public_id = base64.b32encode(secrets.token_bytes(8)).decode()[:12].translate(CROCKFORD)
    return {
        "public_id": public_id, "event_id": event_id, "person_id": person_id, "purpose": purpose, "version": 1,
        "token_hash": digest(derive(settings.secret, purpose, public_id, 1, kid)), "former": False, "kid": kid,
    }  # fmt: skip


def renew(settings: Settings, link: PersonalLink) -> None:
    """Let a link be another one: what it was opens nothing any more, nor does the code that stood in a letter."""
    link.version, link.revoked_at, link.not_theirs_at = link.version + 1, None, None
    set_hashes(settings, link)


def set_hashes(settings: Settings, link: PersonalLink) -> None:
    """Let a link be found by what it is derived to now."""
    link.token_hash = digest(token_of(settings, link))
    if link.code_hash is not None:
        link.code_hash = digest(derive_code(settings.secret, link.public_id, link.version, link.kid))


def address_of(settings: Settings, link: PersonalLink | Key, purpose: str = "") -> str:
    """Return what a link's owner is sent; a key does not know its purpose."""
    return written_address(settings, purpose or link.purpose, link.public_id, link.version, link.kid)


def token_of(settings: Settings, link: PersonalLink) -> str:
    return derive(settings.secret, link.purpose, link.public_id, link.version, link.kid)


def written_address(settings: Settings, purpose: str, public_id: str, version: int, kid: int = 0) -> str:
    """Return the address of the link of which only this is known: it is made of the installation's secret."""
    return f"{settings.base_url}/i/{derive(settings.secret, purpose, public_id, version, kid)}"


def open_link(session: Session, token: str) -> PersonalLink:
    """Return the link that a token opens; raises NotFound alike for unknown, altered, renewed and revoked ones."""
    # what cannot be a token is looked up as well, so that all that opens nothing takes as long
    link = session.scalar(BY_TOKEN, {"digest": sought(token) or b""})
    if link is None or link.revoked_at is not None:
        raise NotFound
    return link


def sought(token: str) -> bytes | None:
    """Return what a token's link is looked up by; None for what cannot be a token."""
    return digest(token) if len(token) == LENGTH and token.isalnum() and token.isascii() else None
