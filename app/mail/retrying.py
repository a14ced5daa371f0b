"""What an attempt to send means for the mail, and when it is tried again. Pure.

Replies by RFC 5321 section 4.2.1; the gap between the final dot and the reply that RFC 1047 describes is `uncertain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_TRIES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 900, 1800))
LATER = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(hours=48)
OUR_OWN_FAULT = (530, 534, 535, 538)


@dataclass(frozen=True)
class Attempt:
    """How far one attempt came.

    stage is the last command begun: connect, greeting, auth, mail, rcpt, data, or dot once the whole message was sent.
    code is the server's reply to it, None where there was none; said is the reply's text, or what happened instead:
    timeout, disconnected, unreachable, insecure.
    """

    stage: str
    code: int | None
    said: str


@dataclass(frozen=True)
class Outcome:
    """state is sent, queued (to be tried again), uncertain (so too) or failed.

    ours: the fault is this installation's or its mail server's, not this mail's; the others need not be tried now.
    """

    state: str
    reply: str
    ours: bool = False
    status: str | None = None
    bad_address: bool = False
    slow_down: bool = False
    wait: timedelta | None = None


def outcome_of(attempt: Attempt) -> Outcome:
    """Judge an attempt by where it ended and with which reply."""
    reply = f"{attempt.code} {attempt.said}" if attempt.code else attempt.said
    if attempt.said == "withdrawn":
        return Outcome("withdrawn", reply)
    if attempt.code is None:
        lost = "uncertain" if attempt.stage == "dot" else "queued"
        return Outcome(lost, reply, ours=attempt.stage in ("connect", "greeting", "auth"))
    if attempt.stage == "dot" and 200 <= attempt.code < 300:
        return Outcome("sent", reply)
    if attempt.stage in ("connect", "greeting", "auth") or attempt.code in OUR_OWN_FAULT:
        return Outcome("queued", reply, ours=True)
    if attempt.code >= 500:
        return Outcome("failed", reply)
    return Outcome("queued", reply, ours=attempt.code == 421)


def next_try(
    attempts: int, queued_at: datetime, at: datetime, jitter: float = 0.0, wait: timedelta | None = None
) -> datetime | None:
    """Return when to try again after the attempts made so far, or None when it is time to give up.

    jitter from 0 to 1 lengthens the wait by up to a fifth, so that a crowd of mails does not come back as one.
    """
    if at - queued_at >= GIVES_UP_AFTER:
        return None
    wait = FIRST_TRIES[attempts - 1] if attempts <= len(FIRST_TRIES) else LATER
    return at + wait * (1 + jitter / 5)
