"""The key of a browser in which an anonymous survey is answered. It is kept there only: in a cookie that no script
reads, and that has a name for each guest's page, until the survey closes."""

from __future__ import annotations

import secrets
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response

from app.cookies import cookie, keep
from app.dates import instant_of
from app.events.models import Event
from app.guests.opening import Guest
from app.settings import Settings
from app.surveys.models import Survey
from app.surveys.sheets import closes

BYTES = 24
LONGEST = 100


def key_cookie(settings: Settings, public_id: str) -> str:
    return cookie(settings, f"s_{public_id}")


def key_of(request: Request, settings: Settings, guest: Guest) -> str | None:
    """Return the key that this browser has for this guest's page, if it has one."""
    key = request.cookies.get(key_cookie(settings, guest.public_id), "")
    return key if BYTES <= len(key) <= LONGEST and key.isascii() else None


def new_key() -> str:
    return secrets.token_urlsafe(BYTES)


def give_key(response: Response, settings: Settings, guest: Guest, survey: Survey, key: str, at: datetime) -> None:
    """Give a browser its key."""
    keep(response, settings, f"s_{guest.public_id}", key, seconds_open(guest.event, survey, at))


def seconds_open(event: Event, survey: Survey, at: datetime) -> int:
    left = instant_of(closes(survey, event.starts_at), event.time_zone) - at
    return max(60, int(left.total_seconds()))
