"""Seals what an account keeps, and what a cookie carries from one step of a sign-in to the next."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import Any

from app import sealing

PURPOSE = "accounts"


def seal(secret: bytes, content: bytes, belongs_to: str) -> bytes:
    return sealing.seal(secret, PURPOSE, content, belongs_to)


def unseal(secret: bytes, sealed: bytes, belongs_to: str) -> bytes | None:
    """Return what was sealed; None for what was sealed with another secret, for something else, or is damaged."""
    try:
        return sealing.unseal(secret, PURPOSE, sealed, belongs_to)
    except sealing.Unreadable:
        return None


def sealed_text(secret: bytes, values: dict[str, Any], belongs_to: str) -> str:
    """Return values sealed as text that a cookie can hold."""
    return base64.urlsafe_b64encode(seal(secret, json.dumps(values).encode(), belongs_to)).decode()


def unsealed_text(secret: bytes, text: str | None, belongs_to: str) -> dict[str, Any] | None:
    """Return the values that a text holds, None for what we have not sealed."""
    try:
        content = unseal(secret, base64.urlsafe_b64decode((text or "").encode()), belongs_to)
    except (ValueError, binascii.Error):
        return None
    return json.loads(content) if content else None


def handle_of(secret: bytes, email: str) -> bytes:
    """Return what a passkey calls its person by (WebAuthn Level 3, 14.6.1): it tells nobody who that is."""
    return hmac.digest(secret, b"koolle passkey " + email.lower().encode(), "sha256")
