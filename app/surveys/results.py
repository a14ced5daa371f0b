"""The figures of a summary as the results page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.surveys.tally import QuestionSummary, Summary
from app.surveys.words import number_words


@dataclass(frozen=True)
class Bar:
    words: str
    count: int


@dataclass(frozen=True)
class Result:
    """One question: its bars, the count that fills a whole bar, the mean in words."""

    question: QuestionSummary
    bars: Sequence[Bar]
    whole: int
    mean: str


def results_of(summary: Summary) -> list[Result]:
    """Return every question of a summary; a bar's whole is all who answered, for points the most that one got."""
    return [
        Result(
            question=question,
            bars=[Bar(words, number) for words, number in question.rows],
            whole=max((n for _, n in question.rows), default=0) if question.kind == "ranking" else question.answered,
            mean="" if question.mean is None else number_words(round(question.mean, 1)),
        )
        for question in summary.questions
    ]
