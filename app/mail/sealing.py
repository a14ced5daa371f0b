"""Seals what the outbox keeps: AES-256-GCM (NIST SP 800-38D) under a key derived from the installation's secret."""

from __future__ import annotations

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class Unreadable(Exception):
    """Sealed under another secret, belongs to another mail, or damaged."""


@lru_cache(maxsize=4)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"koolle outbox").derive(secret))


def seal(secret: bytes, content: bytes, belongs_to: str) -> bytes:
    """Return content sealed so that it opens only with the same secret and for the same mail (its Message-ID)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(secret).encrypt(nonce, content, belongs_to.encode())


def unseal(secret: bytes, sealed: bytes, belongs_to: str) -> bytes:
    """Return what was sealed; raises Unreadable."""
    try:
        return _cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], belongs_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
