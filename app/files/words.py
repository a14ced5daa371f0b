"""What a file is called, what it is and how large, in words, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from app import dates
from app.language import spoken


def size_words(size: int) -> str:
    """Return a file's size in words, in steps of a thousand: 142 kt in Finnish, 1,4 MB in Swedish."""
    unit = "t" if spoken() == "fi" else "B"
    if size < 999_500:
        return f"{max(round(size / 1000), 1)}{dates.NBSP}k{unit}"
    millions = f"{size / 1_000_000:.1f}"
    return f"{millions if spoken() == 'en' else millions.replace('.', ',')}{dates.NBSP}M{unit}"


def kind_words(file_name: str | None) -> str:
    """Return what kind of file it is by its name: PDF."""
    return PurePath(file_name or "").suffix.removeprefix(".").upper()


def unlike(names: Sequence[str]) -> list[str]:
    """File names made different from each other: `a.pdf`, `a (2).pdf`."""
    taken: set[str] = set()
    result = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (name, "")
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){ending}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
