"""A survey's texts beside each other in the languages, and how many are not yet translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.language import LANGUAGES
from app.language import gettext as _
from app.surveys.keeping import stamp
from app.surveys.models import Choice, Question, Survey
from app.surveys.wording import CHOICE, QUESTION, SURVEY

LONGEST = {"title": 300, "introduction": 20_000, "text": 2_000, "help": 2_000, "low": 200, "high": 200}
LONGEST_CHOICE = 1_000
LINES = ("introduction", "text", "help")  # of several lines


@dataclass(frozen=True)
class Text:
    """One text to be translated. place: of whose row, `s`, `q5` or `c12`; what: in words; own: as it was written."""

    row: Survey | Question | Choice
    place: str
    column: str
    what: str
    own: str

    @property
    def lines(self) -> bool:
        return self.column in LINES and not isinstance(self.row, Choice)

    @property
    def longest(self) -> int:
        return LONGEST_CHOICE if isinstance(self.row, Choice) else LONGEST[self.column]

    def field(self, language: str) -> str:
        """The name of the field in which it is translated."""
        return f"{self.place}-{self.column}-{language}"

    def said_in(self, language: str) -> str:
        return (self.row.translations or {}).get(language, {}).get(self.column, "")


def texts_of(survey: Survey) -> Iterator[Text]:
    """Yield the texts of a survey that somebody is still asked, in the order of the form, without empty ones."""
    for row, place, columns in _rows(survey):
        for column in columns:
            own = getattr(row, column)
            if own:
                yield Text(row, place, column, _what(row, column), own)


def others(survey: Survey) -> list[str]:
    """Return the languages other than the survey's own."""
    return [language for language in LANGUAGES if language != survey.language]


def missing(survey: Survey) -> dict[str, int]:
    """Return by other language how many texts are not yet translated."""
    texts = list(texts_of(survey))
    return {language: sum(not text.said_in(language) for text in texts) for language in others(survey)}


def stamps(texts: list[Text], languages: list[str]) -> dict[str, str]:
    """Return by field the mark of what stands there now, without those that are empty."""
    held = {text.field(language): text.said_in(language) for text in texts for language in languages}
    return {name: stamp(words) for name, words in held.items() if words}


def translate(text: Text, language: str, words: str) -> None:
    """Store one translation; none where the words are empty. The column is replaced as a whole: a change within it
    would not be seen."""
    held = {code: dict(columns) for code, columns in (text.row.translations or {}).items()}
    held.setdefault(language, {})[text.column] = words
    if not words:
        del held[language][text.column]
    text.row.translations = {code: columns for code, columns in held.items() if columns}


def rebased(row: Any, columns: tuple[str, ...], own: str, wanted: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a row's texts and translations with another language as its own: where that is translated, it becomes the
    text itself, and what was the text becomes a translation."""
    translations: Mapping[str, Mapping[str, str]] = row.translations or {}
    texts = {column: getattr(row, column) for column in columns}
    if own == wanted:
        return texts, dict(translations)
    held = {code: dict(columns) for code, columns in translations.items()}
    instead = held.pop(wanted, {})
    if instead:
        held[own] = held.get(own, {}) | {column: texts[column] for column in instead if texts.get(column)}
    return texts | instead, held


def _rows(survey: Survey) -> Iterator[tuple[Survey | Question | Choice, str, tuple[str, ...]]]:
    yield survey, "s", SURVEY
    for question in survey.questions:
        if question.retired:
            continue
        yield question, f"q{question.id}", QUESTION
        for choice in question.choices:
            if not choice.retired:
                yield choice, f"c{choice.id}", CHOICE


def _what(row: Survey | Question | Choice, column: str) -> str:
    if isinstance(row, Choice):
        return _("Option")
    if column == "text" and row.kind == "section":
        return _("Heading")
    return {
        "title": _("Title"),
        "introduction": _("Introduction"),
        "text": _("Question"),
        "help": _("Help"),
        "low": _("Low end"),
        "high": _("High end"),
    }[column]
