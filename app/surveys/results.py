"""The figures of a summary as the results page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import gettext as _
from app.surveys.tally import QuestionSummary, Summary
from app.surveys.words import number_words


@dataclass(frozen=True)
class Bar:
    words: str
    count: int
    share: str = ""


@dataclass(frozen=True)
class Result:
    """One question: its number (None for a heading), its bars, the count that fills a whole bar, its numbers in words.

    matrix: a row's words, its counts with their share in percent, by how many, its mean.
    """

    question: QuestionSummary
    number: int | None
    bars: Sequence[Bar]
    whole: int
    facts: Sequence[str]
    ends: Sequence[str]
    ranked: Sequence[tuple[str, int, str, int]]
    matrix: Sequence[tuple[str, Sequence[tuple[int | None, int]], int, str]]
    themes: Sequence[Bar]


def results_of(summary: Summary) -> list[Result]:
    """Return every question of a summary; a bar's whole is all who answered, for points the most that one got."""
    found: list[Result] = []
    number = 0
    for question in summary.questions:
        number += question.kind != "section"
        ranking = question.kind == "ranking"
        found.append(
            Result(
                question=question,
                number=None if question.kind == "section" else number,
                bars=[Bar(words, count, percent(count, question.answered)) for words, count in question.rows],
                whole=max((n for _words, n in question.rows), default=0) if ranking else question.answered,
                facts=facts_of(question),
                ends=[f"{step} = {words}" for step, words in _ends(question) if words],
                ranked=[(one.words, one.points, mean_words(one.mean), one.first) for one in question.ranked],
                matrix=[_line(row) for row in question.matrix],
                themes=[
                    Bar(theme.title, theme.answers, percent(theme.answers, question.answered))
                    for theme in question.themes
                ],
            )
        )
    return found


def facts_of(question: QuestionSummary) -> list[str]:
    """Return what is said of a question's numbers: mean, median, least and most, as far as there are such."""
    words = {
        _("mean %(number)s"): question.mean,
        _("median %(number)s"): question.median,
        _("least %(number)s"): question.least,
        _("most %(number)s"): question.most,
    }
    return [sentence % {"number": mean_words(value)} for sentence, value in words.items() if value is not None]


def percent(number: int, answered: int) -> str:
    """A share of those who answered, in whole percent."""
    return f"{round(100 * number / answered)} %" if answered else ""


def mean_words(value: float | None) -> str:
    """A mean to one decimal; nothing for none."""
    return "" if value is None else number_words(round(value, 1))


def _ends(question: QuestionSummary) -> list[tuple[int, str]]:
    return [(question.steps[0], question.low), (question.steps[-1], question.high)] if question.steps else []


def _line(row) -> tuple[str, list[tuple[int | None, int]], int, str]:
    shares = [(number, round(100 * number / row.answered) if number else 0) for number in row.counts]
    return row.words, shares, row.answered, mean_words(row.mean)
