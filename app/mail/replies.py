"""Reads what a mail server says: enhanced status codes (RFC 2034, RFC 3463), and the words that servers use. Pure.

The codes tell most. Words count only where many servers send none, or one code for several things.
"""

from __future__ import annotations

import re
from datetime import timedelta

LEAST_WAIT = timedelta(seconds=1)
MOST_WAIT = timedelta(hours=4)

STATUS = re.compile(r"(?:\A|#)([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
SECONDS = {"s": 1, "m": 60, "h": 3600}
LENGTH = r"([0-9]{1,6})\s?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)(?![a-z])"
WAIT = re.compile(
    r"\b(?:in|for|after|wait|retry|delay|delayed|timeout|remaining)\b[\s:=]{0,3}(?:about\s|another\s|at\sleast\s)?"
    rf"(?:([0-9]{{1,3}}):([0-9]{{2}})(?::([0-9]{{2}}))?\b|((?:{LENGTH}(?:\s?,?\s?(?:and\s)?)){{1,3}}))",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
ONE_LENGTH = re.compile(LENGTH, re.IGNORECASE | re.ASCII)
NOBODY = re.compile(
    r"user unknown|unknown (?:user|recipient|mailbox|address)|no such (?:user|recipient|mailbox|address|person)"
    r"|(?:user|recipient|mailbox|address|account) (?:is )?(?:not found|unknown|invalid|does(?: not|n't) exist)"
    r"|no mailbox here|invalid (?:recipient|mailbox)|not a valid (?:user|recipient|mailbox)|no longer (?:exists|valid)",
    re.IGNORECASE,
)
OF_US = re.compile(
    r"relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted|not allowed|prohibited)|unable to relay"
    r"|send ?as ?denied|not (?:authori[sz]ed|allowed|permitted) to (?:send|relay)|permissions? to send as"
    r"|sender (?:address )?(?:is )?not (?:allowed|authori[sz]ed)|not authenticated|must (?:first )?authenticate"
    r"|authentication (?:is )?required|authenticate first",
    re.IGNORECASE,
)
TOO_FAST = re.compile(r"\btoo (?:many|fast|much)\b|\brate\b|ratelimit|throttl|slow down", re.IGNORECASE)
GREYLISTED = re.compile(r"gr[ea]y-?\s?list", re.IGNORECASE)


def spoken(reply: tuple[int, bytes]) -> tuple[int, str]:
    """Return a reply with its lines as one text, at most 500 characters, its status code once."""
    code, said = reply
    lines = said[:4000].decode("utf-8", "replace").split("\n")
    status = status_of(lines[0], code)
    rest = [line.removeprefix(status).strip() if status else line for line in lines[1:]]
    text = " ".join([lines[0], *rest])
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return code, " ".join(text.split())[:500]


def status_of(said: str, code: int) -> str | None:
    """Return the enhanced status code of a reply, such as 5.1.1; None where it has none or one of another class."""
    found = STATUS.search(said)
    return found[1] if found and found[1][0] == str(code)[0] else None


def wait_of(said: str) -> timedelta | None:
    """Return for how long a reply asks to wait, from one second to four hours; None where it does not say."""
    found = WAIT.search(said)
    if found is None:
        return None
    first, second, third, lengths = found[1], found[2], found[3], found[4]
    if lengths:
        seconds = sum(int(number) * SECONDS[unit[0].lower()] for number, unit in ONE_LENGTH.findall(lengths))
    elif third:
        seconds = int(first) * 3600 + int(second) * 60 + int(third)
    else:
        seconds = int(first) * 60 + int(second)
    return min(max(timedelta(seconds=seconds), LEAST_WAIT), MOST_WAIT)


def names_nobody(said: str) -> bool:
    """Whether the words say that nobody has the address."""
    return NOBODY.search(said) is not None


def speaks_of_us(said: str) -> bool:
    """Whether the words say that we, not the recipient, may not do this."""
    return OF_US.search(said) is not None


def asks_for_a_slower_pace(said: str) -> bool:
    """Whether the words say that mails come too fast. Greylisting is a wait that any first mail gets."""
    return TOO_FAST.search(said) is not None and not greylists(said)


def greylists(said: str) -> bool:
    return GREYLISTED.search(said) is not None
