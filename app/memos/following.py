"""A file whose pages follow in the paper that carries it (app/pdf/following.py). Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Following:
    """A file that the paper carries and whose pages follow in it: its SHA-256, and for an image its text;
    pages: how many a PDF has."""

    sha256: str
    pages: int = 0
    alternative: str = ""
