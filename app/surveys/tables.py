"""The results of a survey as files: what its page shows, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.events.models import Event
from app.language import gettext as _
from app.spreadsheet import Table
from app.surveys.crossing import Crossed
from app.surveys.tally import QuestionSummary, Summary


@dataclass(frozen=True)
class Given:
    """One answer to one question: how many gave it, or what was written and whose it is, as far as that is told."""

    question: QuestionSummary
    answer: str
    count: int | None = None
    points: int | None = None
    mean: float | None = None
    whose: str | None = None
    answered: int | None = None


def results_table(summary: Summary, event: Event) -> Table:
    """Each answer of each question; none while they are not to be told, or where too few have answered."""
    columns = [
        (_("Question"), lambda given: given.question.text),
        (_("Answer"), lambda given: given.answer),
        (_("Count"), lambda given: given.count),
        (_("Points"), lambda given: given.points),
        (_("Mean"), lambda given: None if given.mean is None else round(given.mean, 2)),
        (_("Out of"), lambda given: given.question.answered if given.answered is None else given.answered),
        (_("From whom"), lambda given: given.whose),
    ]
    shown = summary.told and not summary.suppressed
    name = _("Results of the survey")
    return Table(f"{name} – {event.title}", columns, _given(summary) if shown else [])


def _given(summary: Summary) -> Iterator[Given]:
    for question in summary.questions:
        if question.suppressed or not question.answered:
            continue
        if question.kind != "ranking":
            for words, count in question.rows:
                yield Given(question, words, count)
        for one in question.ranked:
            yield Given(question, one.words, points=one.points, mean=one.mean)
        for row in question.matrix:
            for step, count in zip(question.steps, row.counts, strict=True):
                yield Given(question, f"{row.words}: {step}", count, answered=row.answered)
            yield Given(question, row.words, mean=row.mean, answered=row.answered)
        for words, value in _facts(question):
            yield Given(question, words, mean=value)
        for theme in question.themes:
            yield Given(question, _("Theme: %(theme)s") % {"theme": theme.title}, theme.answers)
        for text, whose in question.texts:
            yield Given(question, text, whose=whose)


def _facts(question: QuestionSummary) -> list[tuple[str, float]]:
    named = {
        _("Mean"): question.mean,
        _("Median"): question.median,
        _("Least"): question.least,
        _("Most"): question.most,
    }
    return [(words, value) for words, value in named.items() if value is not None]


def crossed_table(crossed: Sequence[Crossed], event: Event) -> Table:
    """Each cell of each cross-table that is shown."""
    columns = [
        (_("Question"), lambda cell: cell[0].text),
        (_("Answer"), lambda cell: cell[1]),
        (_("Class"), lambda cell: cell[2]),
        (_("Result"), lambda cell: cell[3]),
        (_("Out of"), lambda cell: cell[4]),
    ]
    cells = [
        (one, words, name, cell, answered)
        for one in crossed
        for words, of in one.rows
        for (name, answered), cell in zip(one.headings, of, strict=True)
    ]
    name = _("Results by class")
    return Table(f"{name} – {event.title}", columns, cells)
