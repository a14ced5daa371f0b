"""What a press at the door carries: a mode, how long ago it was pressed, and what it is known by."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from starlette.datastructures import FormData

from app.attendance.models import MODES
from app.forms import key_of

LONGEST = timedelta(hours=24)
MOST = 100
KEY = re.compile(r"[A-Za-z0-9_-]{8,40}")


def pressed_at(posted: FormData, at: datetime) -> datetime:
    """Return when a press was made: `age` milliseconds before the request, at most a day, and never after it."""
    text = str(posted.get("age") or "0")
    whole = text.partition(".")[0]
    age = int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 12 else 0
    return at - min(timedelta(milliseconds=age), LONGEST)


def pressed_mode(posted: FormData) -> str | None:
    """Return the mode that was pressed; None takes the mark back."""
    mode = posted.get("mode")
    return str(mode) if mode in MODES else None


class Press(NamedTuple):
    """One press about a person; mode None takes the mark back."""

    person_id: int
    mode: str | None
    at: datetime


def presses(posted: FormData, at: datetime) -> list[Press]:
    """Return the presses that have waited on a device, in the form's order, at most a hundred: each is written
    `person:mode:age`; what is not so is left out."""
    found = []
    for written in posted.getlist("press")[:MOST]:
        person, mode, age = (str(written).split(":") + ["", ""])[:3]
        if (person_id := key_of(person)) is not None:
            form = FormData({"mode": mode, "age": age})
            found.append(Press(person_id, pressed_mode(form), pressed_at(form, at)))
    return found


def pressed_key(posted: FormData) -> str:
    """Return what the press is known by, should it come twice; a new one where the form carries none."""
    key = str(posted.get("key") or "")
    return key if KEY.fullmatch(key) else new_key()


def new_key() -> str:
    return secrets.token_urlsafe(15)
