"""How fast mails go to a domain that has asked for a slower pace. Pure.

No domain is slowed beforehand: a ministry's invitations go to a ministry's own domain, and its relay may take all of
them. One that answers that it gets too many (432, 421, 4.7.x, RFC 3463) gets one mail a second, and half as many each
time it says so again. A while without complaint doubles the pace, until none is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = 1.0
SLOWEST = 300.0
FAST_ENOUGH = 0.5
EASES_AFTER = timedelta(minutes=10)


def slowed(every: float | None) -> float:
    """Return the seconds between two mails to a domain that has just complained, given those so far."""
    return FIRST if every is None else min(every * 2, SLOWEST)


def eased(every: float, changed_at: datetime, at: datetime) -> float | None:
    """Return the seconds between two mails to a domain that has just taken one; None where any pace is right again."""
    if at - changed_at < EASES_AFTER:
        return every
    return every / 2 if every / 2 > FAST_ENOUGH else None
