"""The link that undoes one answer, derived as a personal link is: its purpose is its own, and nothing of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from app.links.models import PersonalLink
from app.links.tokens import derive
from app.settings import Settings


class Answer(Protocol):
    """An answer, as far as it is told from all others: by its time too, for SQLite gives the id of a row that was
    deleted to the next one."""

    id: int
    responded_at: datetime


def undo_address(settings: Settings, link: PersonalLink, answer: Answer) -> str:
    """Return the address that undoes an answer: `<base_url>/i/undo/<number>-<token>`."""
    return f"{settings.base_url}/i/undo/{answer.id}-{undo_token(settings, link, answer)}"


def undo_token(settings: Settings, link: PersonalLink, answer: Answer) -> str:
    """Return the 32 letters and digits that undo an answer as long as the link is what it was."""
    about = f"{link.public_id}.{answer.id}@{answer.responded_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
    return derive(settings.secret, "undo", about, link.version, link.kid)
