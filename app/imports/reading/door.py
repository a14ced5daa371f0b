"""What the upload itself can say of a file without parsing it: its size, its kind, what its archive unpacks to."""

from __future__ import annotations

from app.imports.reading.problems import Unreadable

MOST_BYTES = 25_000_000


def refused_at_once(name: str, content: bytes) -> Unreadable | None:
    """Return why a file is not even tried, None: it may be read. Takes a few milliseconds, parses nothing."""
    return Unreadable("empty") if not content.strip() else None
