"""libical, which is not ours, as the judge of calendar objects: Debian's libical3 through ctypes."""

from __future__ import annotations

import ctypes
import re
from functools import cache


@cache
def _libical():
    library = ctypes.CDLL("libical.so.3")
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalrestriction_check.argtypes = [ctypes.c_void_p]
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    library.icalcomponent_as_ical_string.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    return library


def objections(calendar: bytes) -> list[str]:
    """Return which rules of RFC 5546 a calendar object breaks, and which of RFC 5545 its lines do."""
    library = _libical()
    component = library.icalparser_parse_string(calendar)
    if not component:
        return ["does not parse"]
    holds = library.icalrestriction_check(component)
    written = re.sub(r"\r?\n[ \t]", "", library.icalcomponent_as_ical_string(component).decode())
    library.icalcomponent_free(component)
    found = [line for line in written.splitlines() if line.startswith("X-LIC-ERROR")]
    if not holds and not found:
        found.append("breaks a restriction")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", calendar):
        found.append("lines do not end in one CRLF")
    if any(len(line) > 75 for line in calendar.split(b"\r\n")):
        found.append("a line is over 75 octets")
    return found


def lines(calendar: bytes) -> list[str]:
    """Return the content lines, unfolded."""
    return calendar.decode().replace("\r\n ", "").splitlines()
