"""The envelope sender of a mail, by which the mail that comes back is known: `koolle+b12.<mac>@domain`. Pure.

Variable envelope return path with a MAC (RFC 2104 HMAC-SHA256, the first 80 bits in base 32): a bounce that nobody
could have made but who was given one of our mails. The mail server has to hand the address with the plus to the
same mailbox (RFC 5233, subaddressing).
"""

from __future__ import annotations

import base64
import hmac
import re
from functools import lru_cache

from app.settings import Settings

OCTETS = 10
OURS = re.compile(r"\+b([1-9][0-9]{0,9})\.([a-z2-7]{16})$")


def envelope_sender(settings: Settings, mail_id: int) -> str:
    """Return the address that an outgoing mail leaves under, and bounces come back to."""
    local, _, domain = settings.mail_from.rpartition("@")
    return f"{local}+b{mail_id}.{_mac(settings.secret, mail_id)}@{domain}"


def returned(settings: Settings, address: str) -> int | None:
    """Return the id of the outgoing mail whose envelope sender an address is, None for what is none of ours."""
    local, _, domain = address.strip().lower().rpartition("@")
    own_local, _, own_domain = settings.mail_from.lower().rpartition("@")
    found = OURS.search(local)
    if found is None or domain != own_domain or local[: found.start()] != own_local:
        return None
    mail_id = int(found[1])
    return mail_id if hmac.compare_digest(found[2], _mac(settings.secret, mail_id)) else None


def _mac(secret: bytes, mail_id: int) -> str:
    mac = _keyed(secret).copy()
    mac.update(f"bounce|{mail_id}".encode())
    return base64.b32encode(mac.digest()[:OCTETS]).decode().lower()


@lru_cache(maxsize=4)
def _keyed(secret: bytes) -> hmac.HMAC:
    """The MAC of nothing yet: to begin with the key takes most of the time."""
    return hmac.new(secret, digestmod="sha256")
