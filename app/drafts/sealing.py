"""Seals what is being typed, so that the database alone tells nobody what was never saved."""

from __future__ import annotations

from app import sealing

PURPOSE = "drafts"


def seal(secret: bytes, content: bytes, account_id: int, form: str) -> bytes:
    """Return content sealed for an account and a form."""
    return sealing.seal(secret, PURPOSE, content, f"account {account_id} {form}")


def unseal(secret: bytes, sealed: bytes, account_id: int, form: str) -> bytes | None:
    """Return what was sealed; None for what another secret has sealed, or is damaged: there is no draft then."""
    try:
        return sealing.unseal(secret, PURPOSE, sealed, f"account {account_id} {form}")
    except sealing.Unreadable:
        return None
