"""Counts wrong links and codes by address, so that nobody tries many. Pure but for its own memory.

A right one always opens: behind a reverse proxy all guests may share one address, and neither the 160 bits of a link
nor the 60 of a code are guessed (app/links/tokens.py); the limit keeps guessing from costing anything.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address
from threading import Lock

from app.forwarding import address_of

MOST = 20
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 10_000
MOST_IN_ALL = 200  # of all addresses together


class Guesses:
    """What was wrong in the last minute, by address; in_all: how many are too many from all addresses together,
    most: from one of them."""

    def __init__(self, in_all: int = MOST_IN_ALL, most: int = MOST) -> None:
        self._most = most
        self._in_all: deque[datetime] = deque(maxlen=in_all + 1)
        self._alarm: datetime | None = None
        self._wrong: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wrong(self, address: str, at: datetime) -> bool:
        """Note something wrong from an address; return whether it was one too many."""
        with self._lock:
            times = self._wrong.setdefault(neighbourhood(address), deque(maxlen=self._most + 1))
            _note(times, at)
            over = len(times) > self._most
            if not over:  # or who alone is over would shut all others out
                _note(self._in_all, at)
            if len(self._wrong) > MOST_ADDRESSES:
                self._forget(at)
            return over or len(self._in_all) == self._in_all.maxlen

    def alarms(self, at: datetime) -> bool:
        """Whether what was one too many is to be told in the log: once a minute, however many follow."""
        with self._lock:
            if self._alarm is not None and at < self._alarm + WITHIN:
                return False
            self._alarm = at
            return True

    def _forget(self, at: datetime) -> None:
        recent = {address: times for address, times in self._wrong.items() if times[-1] > at - WITHIN}
        self._wrong = recent if len(recent) <= MOST_ADDRESSES else {}


def _note(times: deque[datetime], at: datetime) -> None:
    times.append(at)
    while times[0] <= at - WITHIN:
        times.popleft()


def neighbourhood(address: str) -> str:
    """Return whom to count together: an IPv4 address, an IPv6 network of 64 bits, which is one household's."""
    parsed = address_of(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return address if parsed is None else str(parsed)
