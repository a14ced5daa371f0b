"""What a survey's summary prints: counts, matrices, questions with their texts, frozen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from app.memos.paper import Html


@dataclass(frozen=True)
class Count:
    """How often an answer was chosen; percent is its bar's length; beside: what stands in further columns."""

    label: str
    count: str
    percent: float
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatrixTable:
    """Rows on one scale: the steps, what the ends mean; a row's count is its mean, beside it how often each step."""

    steps: tuple[str, ...]
    ends: str
    rows: tuple[Count, ...]


@dataclass(frozen=True)
class QuestionSummary:
    """The answers to one question; texts are (paragraphs, by whom or None); note says how many, or why there are none.

    measure: what the rows' figures are, a count of answers or points of a ranking; beside: the headings of further
    columns. written heads the texts. themes: (title, count). heading: this is no question
    but heads those that follow, which are deep.
    """

    text: str
    note: str
    measure: str
    rows: tuple[Count, ...] = ()
    texts: tuple[tuple[tuple[str, ...], str | None], ...] = ()
    number: str | None = None
    id: int = 0
    heading: bool = False
    deep: bool = False
    beside: tuple[str, ...] = ()
    matrix: MatrixTable | None = None
    themes: tuple[Count, ...] = ()
    written: str = ""
    comment: Html = ""


@dataclass(frozen=True)
class SurveySummary:
    """answered: the sentences that say how many did; opening and closing: the secretariat's own words."""

    answered: str
    introduction: Html = ""
    questions: tuple[QuestionSummary, ...] = ()
    opening: Html = ""
    closing: Html = ""


def numbered(summary: SurveySummary, heading: str) -> SurveySummary:
    """The summary with its questions numbered under its heading's number: 3.1, 3.2."""
    numbers = count(1)
    questions = [one if one.heading else replace(one, number=f"{heading}.{next(numbers)}") for one in summary.questions]
    return replace(summary, questions=tuple(questions))
