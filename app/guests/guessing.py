"""Counts wrong links by address, so that nobody tries many. Pure but for its own memory.

A right link always opens: behind a reverse proxy all guests may share one address, and 160 bits cannot be guessed
anyway (W3C TAG, Good Practices for Capability URLs); the limit keeps guessing from costing anything.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

MOST = 20
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 10_000


class Guesses:
    """The wrong links of the last minute by address."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wrong(self, address: str, at: datetime) -> bool:
        """Note one wrong link from an address; return whether it was one too many."""
        with self._lock:
            times = self._wrong.setdefault(neighbourhood(address), deque(maxlen=MOST + 1))
            times.append(at)
            while times[0] <= at - WITHIN:
                times.popleft()
            if len(self._wrong) > MOST_ADDRESSES:
                self._forget(at)
            return len(times) > MOST

    def _forget(self, at: datetime) -> None:
        recent = {address: times for address, times in self._wrong.items() if times[-1] > at - WITHIN}
        self._wrong = recent if len(recent) <= MOST_ADDRESSES else {}


def neighbourhood(address: str) -> str:
    """Return whom to count together: an IPv4 address, an IPv6 network of 64 bits, which is one household's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
