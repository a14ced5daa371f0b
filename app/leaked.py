"""Whether a password is in the installation's own file of leaked ones (KOOLLE_LEAKED; OWASP ASVS 5.0, 6.2.12).

The file is as Have I Been Pwned lets it be downloaded: a SHA-1 in hexadecimal on each line, in order, and `:` with how
often it was met. It is too large to be read (40 GB for a thousand million): a search by halves reads some forty lines.
"""

from __future__ import annotations

import os
import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

DIGITS = 40
LINE = re.compile(rb"[0-9A-Fa-f]{40}(?::\d+)?\r?\n?")


def is_leaked(password: str, listed: Path | None) -> bool:
    """Whether a password is in the file, None for no file; raises OSError where it cannot be read."""
    if listed is None:
        return False
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with listed.open("rb") as file:
        return _holds(file, wanted)


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:  # the first line that begins at low or later is the first one that is not before the wanted
        middle = (low + high) // 2
        if _line_from(file, middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_from(file, low) == wanted


def _line_from(file: BinaryIO, place: int) -> bytes:
    """Return the digits of the first line that begins at a place or later; what follows every line at the end."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline(1000)
    return file.readline(1000)[:DIGITS].upper() or b"~"


def is_list(file: Path) -> bool:
    """Whether a file begins like one; raises OSError where it cannot be read."""
    with file.open("rb") as opened:
        return LINE.fullmatch(opened.readline(1000)) is not None
