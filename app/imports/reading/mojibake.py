"""UTF-8 that was read as Windows-1252 (`JÃ¤rvi`), set right again. Pure."""

from __future__ import annotations

import re

# a letter of the north begins with one of these in UTF-8, and none of them stands before such a sign in any word
_tell_tale = re.compile(r"[ÂÃÄÅ][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€")


def mended(text: str) -> str | None:
    """Return a text whose letters were decoded wrongly as it was meant, None: there is nothing to mend.

    Only a text that can have come about in no other way is mended: all of it must go back. Twice over is mended too.
    """
    result = None
    while _tell_tale.search(text):
        try:
            raw = b"".join(_byte(letter) for letter in text)
            text = result = raw.decode("utf-8")
        except UnicodeError:
            break
    return result


def _byte(letter: str) -> bytes:
    """The byte that was read as a letter; where Windows-1252 has none, or ISO 8859-1 was meant, a control character."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
