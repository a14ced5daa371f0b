"""What a file is and how large, in words, in the language of the moment."""

from __future__ import annotations

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
