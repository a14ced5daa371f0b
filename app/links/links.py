"""Makes and opens personal links, and the short codes that stand for them on paper."""

from __future__ import annotations

import secrets

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.links.models import PersonalLink
from app.links.tokens import LENGTH, code_words, derive, derive_code, digest, typed_code
from app.settings import Settings

BY_TOKEN = select(PersonalLink).where(PersonalLink.token_hash == bindparam("digest"))
BY_CODE = select(PersonalLink).where(PersonalLink.code_hash == bindparam("digest"))
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def personal_link(session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str) -> str:
    """Return the address of a person's link, made if there is none yet: `<base_url>/i/<token>`."""
    return address_of(settings, link_of(session, settings, event_id=event_id, person_id=person_id, purpose=purpose))


def link_of(session: Session, settings: Settings, *, event_id: int, person_id: int, purpose: str) -> PersonalLink:
    """Return a person's link, made if there is none yet."""
    one = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id, PersonalLink.purpose == purpose
    link = session.scalar(select(PersonalLink).where(*one, ~PersonalLink.former))
    if link is None:
        public_id = "".join(secrets.choice(LETTERS) for _ in range(12))
        link = PersonalLink(
            public_id=public_id, event_id=event_id, person_id=person_id, purpose=purpose, version=1,
            token_hash=digest(derive(settings.secret, purpose, public_id, 1)),
        )  # fmt: skip
        session.add(link)
        session.flush()
    return link


def address_of(settings: Settings, link: PersonalLink) -> str:
    """Return what a link's owner is sent."""
    return f"{settings.base_url}/i/{token_of(settings, link)}"


def token_of(settings: Settings, link: PersonalLink) -> str:
    return derive(settings.secret, link.purpose, link.public_id, link.version)


def code_of(settings: Settings, link: PersonalLink) -> str:
    """Return the code that stands on its owner's printed letter, as it is printed; `allow_code` makes it open."""
    return code_words(derive_code(settings.secret, link.public_id, link.version))


def allow_code(settings: Settings, link: PersonalLink) -> None:
    """Let the link's page be opened by its code as well."""
    link.code_hash = digest(derive_code(settings.secret, link.public_id, link.version))


def open_code(session: Session, settings: Settings, typed: str) -> PersonalLink:
    """Return the link that a typed code opens; raises NotFound alike for unknown, renewed and revoked ones."""
    code = typed_code(typed)
    link = session.scalar(BY_CODE, {"digest": digest(code)}) if code else None
    if link is None or link.revoked_at is not None:
        raise NotFound
    if code != derive_code(settings.secret, link.public_id, link.version):  # the link was renewed, and its code with it
        raise NotFound
    return link


def open_link(session: Session, token: str) -> PersonalLink:
    """Return the link that a token opens; raises NotFound alike for unknown, altered, renewed and revoked ones."""
    link = None
    if len(token) == LENGTH and token.isalnum() and token.isascii():
        link = session.scalar(BY_TOKEN, {"digest": digest(token)})
    if link is None or link.revoked_at is not None:
        raise NotFound
    return link
