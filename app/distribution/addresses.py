"""People as the To field of a mail program takes them. Pure."""

from __future__ import annotations

import re

SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')


def address_line(name: str, email: str) -> str:
    """Return `Name <address>`; a name with a character that means something there is quoted (RFC 5322, 3.2.3, 3.4)."""
    if not name:
        return email
    if SPECIAL.search(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{email}>"
