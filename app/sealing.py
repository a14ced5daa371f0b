"""Seals what the database alone shall tell nobody: AES-256-GCM (NIST SP 800-38D), each purpose under a key of its own
that is derived from the installation's secret (RFC 5869)."""

from __future__ import annotations

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class Unreadable(Exception):
    """Sealed under another secret, for another purpose or another thing, or damaged."""


@lru_cache(maxsize=16)
def _cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"koolle {purpose}".encode()).derive(secret))


def seal(secret: bytes, purpose: str, content: bytes, belongs_to: str) -> bytes:
    """Return content sealed so that it opens only with the same secret, for the same purpose and the same thing."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(secret, purpose).encrypt(nonce, content, belongs_to.encode())


def unseal(secret: bytes, purpose: str, sealed: bytes, belongs_to: str) -> bytes:
    """Return what was sealed; raises Unreadable."""
    try:
        return _cipher(secret, purpose).decrypt(sealed[:NONCE], sealed[NONCE:], belongs_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
