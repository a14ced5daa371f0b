"""The key of a browser in which an anonymous survey is answered. It is kept there only: in a cookie that no script
reads, sent to this one guest's page and nowhere else, until the survey closes."""

from __future__ import annotations

import secrets
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response

from app.events.models import Event
from app.guests.letter import local_now
from app.guests.opening import Guest
from app.settings import Settings
from app.surveys.models import Survey
from app.surveys.sheets import closes

BYTES = 24
LONGEST = 100


def key_cookie(settings: Settings, public_id: str) -> str:
    return f"__Secure-s_{public_id}" if settings.https else f"s_{public_id}"


def key_of(request: Request, settings: Settings, guest: Guest) -> str | None:
    """Return the key that this browser has for this guest's page, if it has one."""
    key = request.cookies.get(key_cookie(settings, guest.public_id), "")
    return key if BYTES <= len(key) <= LONGEST and key.isascii() else None


def new_key() -> str:
    return secrets.token_urlsafe(BYTES)


def give_key(
    request: Request, response: Response, settings: Settings, guest: Guest, survey: Survey, key: str, at: datetime
) -> None:
    """Give a browser its key."""
    response.set_cookie(
        key_cookie(settings, guest.public_id), key, max_age=seconds_open(guest.event, survey, at), httponly=True,
        path=request.app.url_path_for("guest", public_id=guest.public_id), secure=settings.https, samesite="lax",
    )  # fmt: skip


def seconds_open(event: Event, survey: Survey, at: datetime) -> int:
    left = closes(survey, event.starts_at).replace(tzinfo=None) - local_now(event, at)
    return max(60, int(left.total_seconds()))
