"""Seals what the outbox keeps, each mail's for itself by its Message-ID: it holds a personal link."""

from __future__ import annotations

from app import sealing

PURPOSE = "outbox"


def seal(secret: bytes, content: bytes, belongs_to: str) -> bytes:
    """Return a mail sealed; belongs_to is its Message-ID."""
    return sealing.seal(secret, PURPOSE, content, belongs_to)


def unseal(secret: bytes, sealed: bytes, belongs_to: str) -> bytes:
    """Return what was sealed; raises app.sealing.Unreadable."""
    return sealing.unseal(secret, PURPOSE, sealed, belongs_to)
