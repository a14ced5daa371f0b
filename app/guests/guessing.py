"""Counts wrong links and codes by address, so that nobody tries many. Pure but for its own memory.

A right one always opens: behind a reverse proxy all guests may share one address, and neither the 160 bits of a link
nor the 60 of a code are guessed (app/links/tokens.py); the limit keeps guessing from costing anything.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

MOST = 20
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 10_000
MOST_IN_ALL = 200  # codes, of all addresses together


class Guesses:
    """What was wrong in the last minute, by address; in_all: how many are too many from all addresses together."""

    def __init__(self, in_all: int | None = None) -> None:
        self._in_all = deque(maxlen=in_all + 1) if in_all else None
        self._wrong: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wrong(self, address: str, at: datetime) -> bool:
        """Note something wrong from an address; return whether it was one too many."""
        with self._lock:
            times = self._wrong.setdefault(neighbourhood(address), deque(maxlen=MOST + 1))
            _note(times, at)
            if self._in_all is not None:
                _note(self._in_all, at)
            if len(self._wrong) > MOST_ADDRESSES:
                self._forget(at)
            return len(times) > MOST or (self._in_all is not None and len(self._in_all) == self._in_all.maxlen)

    def _forget(self, at: datetime) -> None:
        recent = {address: times for address, times in self._wrong.items() if times[-1] > at - WITHIN}
        self._wrong = recent if len(recent) <= MOST_ADDRESSES else {}


def _note(times: deque[datetime], at: datetime) -> None:
    times.append(at)
    while times[0] <= at - WITHIN:
        times.popleft()


def neighbourhood(address: str) -> str:
    """Return whom to count together: an IPv4 address, an IPv6 network of 64 bits, which is one household's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
