"""How far a sending is, from its mails. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Mail(Protocol):
    state: str
    attempts: int
    due_at: datetime


@dataclass(frozen=True)
class Sending:
    """total: mails in all; sent of them; failed: those that did not go. until: when the first that can still be taken
    back leaves, None when none can; held: how many those are. moving: whether anything changes by itself, soon: within
    two minutes."""

    total: int
    sent: int
    failed: Sequence[Mail]
    held: int
    until: datetime | None
    moving: bool
    soon: bool


def sending_of(mails: Iterable[Mail], at: datetime) -> Sending:
    """Count mails that were not withdrawn, as they stand at an instant."""
    mails = list(mails)
    moving = [mail for mail in mails if mail.state in ("queued", "sending", "uncertain")]
    held = [mail for mail in mails if mail.state == "queued" and not mail.attempts and mail.due_at > at]
    return Sending(
        total=len(mails),
        sent=sum(mail.state == "sent" for mail in mails),
        failed=[mail for mail in mails if mail.state in ("failed", "bounced")],
        held=len(held),
        until=min((mail.due_at for mail in held), default=None),
        moving=bool(moving),
        soon=any(mail.due_at <= at + timedelta(minutes=2) for mail in moving),
    )
