"""The themes of a group, as somebody writes them on one line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.people.collation import folded

LONGEST = 100


def themes_written(text: str, in_use: Iterable[str] = ()) -> list[str]:
    """Return the themes of a text, each once, in order; one that differs from one in use by its case only is that."""
    known = {theme.casefold(): theme for theme in in_use}
    themes: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        theme = " ".join(part.split())
        if theme:
            themes.setdefault(theme.casefold(), known.get(theme.casefold(), theme))
    return list(themes.values())


def lines_offered(text: str, in_use: Sequence[str], most: int = 10) -> list[str]:
    """Return how a line of themes may go on: its last, unfinished theme completed by those in use that fit."""
    before, comma, last = text.rpartition(",")
    written = {theme.casefold() for theme in themes_written(text)}
    fitting = [it for it in in_use if folded(last.strip()) in folded(it) and it.casefold() not in written]
    return [f"{before.strip()}, {theme}" if comma else theme for theme in fitting[:most]]
