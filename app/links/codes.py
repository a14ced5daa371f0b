"""The short codes that stand for personal links on paper: each opens the page that its link opens."""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.links.models import PersonalLink
from app.links.tokens import code_words, derive_code, digest, typed_code
from app.settings import Settings

BY_CODE = select(PersonalLink).where(PersonalLink.code_hash == bindparam("digest"))


def code_of(settings: Settings, link: PersonalLink) -> str:
    """Return the code that stands in its owner's letter, as it is printed; `allow_code` makes it open."""
    return code_words(derive_code(settings.secret, link.public_id, link.version, link.kid))


def allow_code(settings: Settings, link: PersonalLink) -> None:
    """Let the link's page be opened by its code as well."""
    link.code_hash = digest(derive_code(settings.secret, link.public_id, link.version, link.kid))


def open_code(session: Session, settings: Settings, typed: str) -> PersonalLink:
    """Return the link that a typed code opens; raises NotFound alike for unknown, renewed and revoked ones."""
    code = typed_code(typed)
    link = session.scalar(BY_CODE, {"digest": digest(code)}) if code else None
    if link is None or link.revoked_at is not None:
        raise NotFound
    right = derive_code(settings.secret, link.public_id, link.version, link.kid)
    if not compare_digest(code, right):  # renewed, and its code with it
        raise NotFound
    return link
