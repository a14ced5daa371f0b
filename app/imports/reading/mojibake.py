"""UTF-8 that was read as Windows-1252 (`JÃ¤rvi`), set right again. Pure."""

from __future__ import annotations


def mended(text: str) -> str | None:
    """Return a text whose letters were decoded wrongly as it was meant, None: there is nothing to mend.

    Only a text that can have come about in no other way is mended: all of it must go back.
    """
    return None
