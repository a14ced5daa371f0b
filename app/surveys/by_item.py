"""What a survey says of each item of the agenda, in short: beside the item, and beside the memo while it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.surveys.answering import LONGEST
from app.surveys.closing import has_closed
from app.surveys.models import Question, Survey
from app.surveys.results import Bar, mean_words
from app.surveys.sheets import closes, survey_of
from app.surveys.tally import QuestionSummary, may_show, summary_of
from app.surveys.wording import said

FIRST = 3


@dataclass(frozen=True)
class Short:
    """One question: its bars with the count that fills a whole one, a matrix's rows with their means, the first texts
    with whose they are, and how many there are more; answered is None while nothing may be told."""

    text: str
    answered: int | None = None
    suppressed: bool = False
    bars: Sequence[Bar] = ()
    whole: int = 0
    mean: str = ""
    rows: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str | None]] = ()
    more: int = 0


@dataclass(frozen=True)
class OfItems:
    """questions: by the item that they are tied to; told: whether figures may be shown, which else are at closes."""

    questions: Mapping[int, Sequence[Short]] = field(default_factory=dict)
    told: bool = False
    closes: datetime | None = None


def of_items(session: Session, event: Event, at: datetime) -> OfItems:
    """Return the answers of an event's survey by agenda item, in at most thirteen queries; at is an instant."""
    survey = survey_of(session, event.id)
    tied = (
        [one for one in survey.questions if one.agenda_item_id is not None and one.kind != "section"] if survey else []
    )
    if not tied:
        return OfItems()
    closing = closes(survey, event.starts_at).replace(tzinfo=None)
    closed = has_closed(survey, event, at)
    told = may_show(survey, closed)
    return OfItems(_told(session, survey, event, closed) if told else _untold(tied), told, closing)


def _is_tied(question: Question) -> bool:
    return question.agenda_item_id is not None and question.kind != "section"


def _untold(tied: Sequence[Question]) -> dict[int, list[Short]]:
    found: dict[int, list[Short]] = defaultdict(list)
    for question in tied:
        found[question.agenda_item_id].append(Short(said(question, "text")))
    return dict(found)


def _told(session: Session, survey: Survey, event: Event, closed: bool) -> dict[int, list[Short]]:
    summary = summary_of(session, survey, event, closed, most=FIRST)
    found: dict[int, list[Short]] = defaultdict(list)
    for question, figures in zip(survey.questions, summary.questions, strict=True):
        if _is_tied(question):
            found[question.agenda_item_id].append(_short(figures, suppressed=summary.suppressed))
    return dict(found)


def _short(question: QuestionSummary, *, suppressed: bool) -> Short:
    if suppressed or question.suppressed:
        return Short(question.text, question.answered, suppressed=True)
    most = max((count for _words, count in question.rows), default=0)
    return Short(
        text=question.text,
        answered=question.answered,
        bars=[Bar(words, count) for words, count in question.rows] if question.answered else (),
        whole=most if question.kind == "ranking" else max(most, question.answered),
        mean=mean_words(question.mean),
        rows=[(row.words, mean_words(row.mean)) for row in question.matrix],
        texts=question.texts[:FIRST],
        more=max(question.answered - FIRST, 0) if question.kind in LONGEST else len(question.texts[FIRST:]),
    )
