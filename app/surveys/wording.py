"""The words of a survey in the language of the moment, where it has them; else as they were written first."""

from __future__ import annotations

from typing import Protocol

from app.language import spoken

SURVEY = ("title", "introduction")
QUESTION = ("text", "help", "low", "high")
CHOICE = ("text",)


class Translated(Protocol):
    """A survey, a question or a choice: its columns hold the survey's own language, translations the others."""

    translations: dict[str, dict[str, str]]


def said(row: Translated, column: str) -> str:
    """Return the words of a column in the language of the moment, else the survey's own, else nothing."""
    return row.translations.get(spoken(), {}).get(column) or getattr(row, column) or ""
