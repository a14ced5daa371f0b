"""The two addresses of an envelope as they go over the line (RFC 5321 section 4.1.2, RFC 6531, RFC 5891)."""

from __future__ import annotations

import re
import unicodedata

import idna

COMMON = re.compile(r"[a-zA-Z0-9_%+=-]+(?:\.[a-zA-Z0-9_%+=-]+)*@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")
PLAIN = re.compile(r'[^\x00-\x20\x7f<>()\[\],;:\\"@]+')


def mailbox(address: str) -> str:
    """Return an address with its domain in ASCII; only its local part may then have other letters.

    Raises ValueError for what is no address, and for what could end its line or its brackets: nothing of an address may
    become a command. Quoted local parts and address literals are none that we write to.
    """
    if len(address) <= 64 and COMMON.fullmatch(address):
        return address
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not _plain(local) or not _plain(domain):
        raise ValueError("not an e-mail address")
    if not domain.isascii():
        domain = idna.encode(domain, uts46=True).decode()
    if len(local.encode()) > 64 or len(f"{local}@{domain}".encode()) > 254 or domain.startswith(".") or ".." in domain:
        raise ValueError("not an e-mail address")
    return f"{local}@{domain}"


def _plain(text: str) -> bool:
    """Whether a text has no control, format or space character of Unicode, no lone surrogate, and nothing special."""
    if PLAIN.fullmatch(text) is None:
        return False
    return text.isascii() or not any(unicodedata.category(c)[0] in "CZ" for c in text)
