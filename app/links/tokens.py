"""Personal links: tokens derived from the installation's secret, of which the database holds only a hash.

W3C TAG, Good Practices for Capability URLs: at least 120 bits; ours have 160 (RFC 2104 HMAC-SHA256, first 20 octets),
written in Crockford's base 32 without case. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")
LENGTH = 32


def derive(secret: bytes, purpose: str, public_id: str, version: int) -> str:
    """Return the token of 32 letters and digits that belongs to a link; renewing raises its version."""
    mac = hmac.new(secret, f"link|{purpose}|{public_id}|{version}".encode(), hashlib.sha256).digest()[:20]
    return base64.b32encode(mac).decode().translate(CROCKFORD)


def digest(token: str) -> bytes:
    """Return what the database looks a token up by; upper case and the letters i, l, o are read as meant."""
    plain = token.lower().translate(str.maketrans("ilo", "110"))
    return hashlib.sha256(plain.encode()).digest()
