"""How the mails of a memo wait: until when they can be taken back, and whether any is on its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.mail.models import OutgoingMail
from app.mail.words import clock_words


@dataclass(frozen=True)
class Waiting:
    """moving: something still leaves by itself. held: how many mails can be taken back, which leave at `until`; clock
    says when in words, left how many minutes and seconds there are."""

    moving: bool = False
    held: int = 0
    until: datetime | None = None
    clock: str = ""
    left: str = ""


def waiting_of(mails: Iterable[OutgoingMail], zone: str, at: datetime, *, leaves: bool) -> Waiting:
    """Return how they wait; where nothing leaves at all they wait, and can be taken back, for as long as that lasts."""
    mails = list(mails)
    open_ = [one for one in mails if one.state in ("queued", "sending", "uncertain")]
    held = [one for one in open_ if one.state == "queued" and not one.attempts and one.due_at > one.queued_at]
    held = [one for one in held if one.due_at > at or not leaves]
    if not held:
        return Waiting(bool(open_) and leaves)
    until = max(one.due_at for one in held)
    seconds = max(int((until - at).total_seconds()), 0)
    left = f"{seconds // 60}:{seconds % 60:02}"
    return Waiting(leaves, len(held), until, clock_words(until, zone), left)
