"""Personal links and short codes: derived from the installation's secret, the database holds only their hashes.

W3C TAG, Good Practices for Capability URLs: at least 120 bits; a link has 160 (RFC 2104 HMAC-SHA256, first 20 octets),
written in Crockford's base 32 without case. A code is typed from paper and has 60: whoever tries a thousand a second
finds one of ten thousand codes in some four thousand years. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")
MEANT = str.maketrans("ilo", "110")
LENGTH = 32
CODE_LENGTH = 12
UID_LENGTH = 26  # 128 bits
BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]+")  # what people and keyboards put between the parts of a code


def link_key(secret: bytes, kid: int) -> bytes:
    """Return the key that links are derived with; the first is the secret itself."""
    return hmac.new(secret, f"link key|{kid}".encode(), hashlib.sha256).digest() if kid else secret


def derive(secret: bytes, purpose: str, public_id: str, version: int, kid: int = 0) -> str:
    """Return the token of 32 letters and digits that belongs to a link; renewing raises its version, and a new key is
    the end of all."""
    return _letters(link_key(secret, kid), f"link|{purpose}|{public_id}|{version}", 20)


def derive_code(secret: bytes, public_id: str, version: int, kid: int = 0) -> str:
    """Return the code of 12 letters and digits that opens a link's page from a printed letter."""
    return _letters(link_key(secret, kid), f"code|{public_id}|{version}", 8)[:CODE_LENGTH]


def derive_uid_mac(secret: bytes, event_id: int, public_id: str) -> str:
    """Return the 26 letters and digits, 128 bits, that nobody can add to a calendar's UID who was not sent it. They
    stay for life: neither a renewed link nor a new key changes the UID."""
    return _letters(secret, f"uid|{event_id}|{public_id}", 16)[:UID_LENGTH]


def code_words(code: str) -> str:
    """Return a code as it is printed: `7H4K-9QWX-2MTB`."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)).upper()


def typed_code(text: str) -> str | None:
    """Return the code that somebody typed: case, spaces and hyphens do not matter, and i, l, o are read as meant.

    None for what cannot be one.
    """
    plain = BETWEEN.sub("", text).lower().translate(MEANT)
    return plain if len(plain) == CODE_LENGTH and plain.isascii() and plain.isalnum() else None


def digest(token: str) -> bytes:
    """Return what the database looks a token up by; upper case and the letters i, l, o are read as meant."""
    return hashlib.sha256(token.lower().translate(MEANT).encode()).digest()


def _letters(secret: bytes, about: str, octets: int) -> str:
    mac = hmac.new(secret, about.encode(), hashlib.sha256).digest()[:octets]
    return base64.b32encode(mac).decode().translate(CROCKFORD)
