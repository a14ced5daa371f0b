"""Until when a personal link opens anything. Pure.

W3C TAG, Good Practices for Capability URLs, section 5.3: they should expire. What was answered stays with the
secretariat; who comes later asks there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

DAYS = 30


def opens_until(ends: datetime, issued: datetime | None, days: int = DAYS) -> datetime:
    """Return the moment at which a link ends: so many days after its event, or after the newest memo of it, whichever
    is later. All are aware."""
    return max(ends, issued or ends) + timedelta(days=days)
