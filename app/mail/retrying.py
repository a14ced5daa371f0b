"""What an attempt to send means for the mail, and when it is tried again. Pure.

Replies by RFC 5321 section 4.2.1, with the finer classes of RFC 3463; the gap between the final dot and the reply that
RFC 1047 describes is `uncertain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.mail.replies import asks_for_a_slower_pace, greylists, names_nobody, speaks_of_us, status_of, wait_of

FIRST_TRIES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 900, 1800))
LATER = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(hours=48)

SETTING_UP = ("connect", "greeting", "ehlo", "tls", "auth")
NOT_SIGNED_IN = (530, 534, 535, 538)
OF_OUR_SENDER = ("5.1.7", "5.1.8", "5.7.3", "5.7.54", "5.7.57", "5.7.60")  # the last four are Exchange's
NO_SUCH_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")  # 5.1.10: RFC 7505, the domain takes no mail
SLOWER = ("4.3.2", "4.5.3")
WILL_NEVER_GO = ("no_address", "no_sender", "too_large", "needs_smtputf8")


@dataclass(frozen=True)
class Attempt:
    """How far one attempt came.

    stage is the last step begun: connect, greeting, ehlo, tls, auth, mail, rcpt, data, or dot once the whole message
    was sent. code is the server's reply to it, None where there was none; said is the reply's text, or what happened
    instead: unreachable, timeout, disconnected, nonsense (no reply that makes sense), insecure (the certificate),
    unencrypted (no TLS where there has to be), no_sign_in; withdrawn; no_address, no_sender, too_large or
    needs_smtputf8, with which nothing was sent.
    """

    stage: str
    code: int | None
    said: str


@dataclass(frozen=True)
class Outcome:
    """state is sent, queued (to be tried again), uncertain (so too), failed or withdrawn.

    ours: the fault is this installation's or its mail server's, not this mail's; the others need not be tried now.
    status is the reply's enhanced code (RFC 3463). bad_address: nobody has this address, today or tomorrow. slow_down:
    mails to this domain come too fast. wait is how long the server asked us to.
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
    if attempt.code is None:
        return _without_reply(attempt.stage, attempt.said)
    stage, code, said = attempt.stage, attempt.code, attempt.said
    reply, status, kind = f"{code} {said}".strip(), status_of(said, code), code // 100
    if stage in SETTING_UP:
        return Outcome("queued", reply, ours=True, status=status)
    if kind == 5 and (code in NOT_SIGNED_IN or _is_of_us(stage, said, status)):
        return Outcome("queued", reply, ours=True, status=status)
    if kind == 5:
        return Outcome("failed", reply, status=status, bad_address=_is_of_the_address(stage, code, said, status))
    if kind == 4:
        slow_down = _is_of_the_pace(stage, code, said, status)
        return Outcome("queued", reply, ours=code == 421, status=status, slow_down=slow_down, wait=wait_of(said))
    if stage == "dot":
        return Outcome("sent" if kind == 2 else "uncertain", reply, status=status)
    return Outcome("queued", reply, status=status)  # it makes no sense here: 250 to DATA, 354 to RCPT


def _without_reply(stage: str, said: str) -> Outcome:
    if said == "withdrawn":
        return Outcome("withdrawn", said)
    if said in WILL_NEVER_GO:
        return Outcome("failed", said, bad_address=said == "no_address")
    return Outcome("uncertain" if stage == "dot" else "queued", said, ours=stage in SETTING_UP)


def _is_of_us(stage: str, said: str, status: str | None) -> bool:
    """Whether a refusal is of us as a sender: it would meet every mail, and says nothing of this recipient."""
    policy = stage == "mail" and status is not None and status.startswith("5.7.")
    return policy or status in OF_OUR_SENDER or speaks_of_us(said)


def _is_of_the_address(stage: str, code: int, said: str, status: str | None) -> bool:
    if stage == "mail":
        return False
    if status is not None:
        return status in NO_SUCH_ADDRESS
    return stage == "rcpt" and code == 550 and names_nobody(said)


def _is_of_the_pace(stage: str, code: int, said: str, status: str | None) -> bool:
    if code == 432 or (code == 421 and stage != "mail") or status in SLOWER:
        return True
    policy = code in (450, 451, 452) and status is not None and status.startswith("4.7.") and not greylists(said)
    return policy or asks_for_a_slower_pace(said)


def next_try(
    attempts: int, queued_at: datetime, at: datetime, jitter: float = 0.0, wait: timedelta | None = None
) -> datetime | None:
    """Return when to try again after the attempts made so far, or None when it is time to give up.

    jitter from 0 to 1 lengthens the wait by up to a fifth, so that a crowd of mails does not come back as one. wait is
    what the server asked for: it is never tried earlier. The last try is 48 hours after the mail was queued.
    """
    end = queued_at + GIVES_UP_AFTER
    asked = wait or timedelta()
    if at >= end or at + asked > end:
        return None
    planned = FIRST_TRIES[max(attempts, 1) - 1] if attempts <= len(FIRST_TRIES) else LATER
    return min(at + max(planned, asked) * (1 + jitter / 5), end)
