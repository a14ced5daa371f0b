"""The results of a survey as a file: what its page shows, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.events.models import Event
from app.language import gettext as _
from app.spreadsheet import Table
from app.surveys.tally import QuestionSummary, Summary


@dataclass(frozen=True)
class Given:
    """One answer to one question: how many gave it, or what was written and whose it is, as far as that is told."""

    question: QuestionSummary
    answer: str
    count: int | None = None
    whose: str | None = None


def results_table(summary: Summary, event: Event, *, told: bool) -> Table:
    """Each answer of each question; none while they are not to be told, or where too few have answered."""
    columns = [
        (_("Question"), lambda given: given.question.text),
        (_("Answer"), lambda given: given.answer),
        (_("Count"), lambda given: None if given.question.kind == "ranking" else given.count),
        (_("Points"), lambda given: given.count if given.question.kind == "ranking" else None),
        (_("Out of"), lambda given: given.question.answered),
        (_("From whom"), lambda given: given.whose),
    ]
    shown = told and not summary.suppressed
    return Table(f"{_('Results of the survey')} – {event.title}", columns, _given(summary) if shown else [])


def _given(summary: Summary) -> Iterator[Given]:
    for question in summary.questions:
        if question.suppressed or not question.answered:
            continue
        for words, count in question.rows:
            yield Given(question, words, count)
        for text, whose in question.texts:
            yield Given(question, text, whose=whose)
