"""The summary of a survey, in the language of the moment: what the results page shows and the paper prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import withdrawn
from app.language import gettext as _
from app.language import spoken
from app.surveys.answering import steps_of
from app.surveys.counting import Counted, Line, anonymous, count
from app.surveys.figures import Figures, figures_of, left_out, sheet_counts
from app.surveys.models import Choice, Question, Survey
from app.surveys.texts import Texts, texts_of
from app.surveys.theming import ThemeCount, theme_counts
from app.surveys.wording import said


@dataclass(frozen=True)
class Ranked:
    """How a choice was ranked, in its words."""

    words: str
    points: int
    mean: float | None
    first: int


@dataclass(frozen=True)
class Row:
    """A row of a matrix in its words: how often each step (None where that is left out), by how many, the mean."""

    words: str
    counts: Sequence[int | None]
    answered: int
    mean: float | None


@dataclass(frozen=True)
class QuestionSummary:
    """rows: (label, count), the count being points for a ranking; texts: (text, whose, or None where that is not told).

    answered: how many answered this question; suppressed: too few to tell anything; more: texts has not all of them.
    steps, low and high: a scale's, and what its ends mean. A heading is of kind `section`, its text beneath is `help`.
    """

    id: int
    text: str
    kind: str
    answered: int = 0
    rows: list[tuple[str, int]] = field(default_factory=list)
    texts: list[tuple[str, str | None]] = field(default_factory=list)
    mean: float | None = None
    suppressed: bool = False
    help: str = ""
    retired: bool = False
    more: bool = False
    median: float | None = None
    least: float | None = None
    most: float | None = None
    steps: Sequence[int] = ()
    low: str = ""
    high: str = ""
    ranked: Sequence[Ranked] = ()
    matrix: Sequence[Row] = ()
    themes: Sequence[ThemeCount] = ()
    comment: str | None = None


@dataclass(frozen=True)
class Summary:
    """rate: the share of those invited who answered, 0 to 1; begun: how many have written something and not sent it.

    closed: nobody answers any more; told: the figures may be shown; fewest: of how many answers they are shown.
    """

    title: str | None
    introduction: str | None
    closes_at: datetime | None
    anonymous: bool
    invited: int
    answered: int
    rate: float
    questions: list[QuestionSummary]
    begun: int = 0
    closed: bool = True
    fewest: int = 5
    opening: str | None = None
    closing: str | None = None

    @property
    def told(self) -> bool:
        return self.closed or not self.anonymous

    @property
    def suppressed(self) -> bool:
        return self.anonymous and self.answered < self.fewest


def summary_of(
    session: Session, survey: Survey, event: Event, closed: bool, *, most: int | None = None, quotes: bool = False
) -> Summary:
    """Return the summary of a survey (loaded by `sheets.survey_of`), in at most ten statements.

    closed: nobody can answer any more. most: how many texts of a question are read; quotes: only the chosen ones.
    """
    sheets, begun = sheet_counts(session, survey, closed)
    invited = session.scalar(select(func.count(Invitee.id)).where(Invitee.event_id == event.id, ~withdrawn()))
    shown = may_show(survey, closed) and not (survey.anonymous and sheets < survey.least)
    questions = survey.questions if may_show(survey, closed) else []
    return Summary(
        title=said(survey, "title") or None,
        introduction=said(survey, "introduction") or None,
        closes_at=survey.closes_at,
        anonymous=survey.anonymous,
        invited=invited,
        answered=sheets,
        rate=min(sheets / invited, 1.0) if invited else 0.0,
        questions=_questions(session, survey, event, closed, sheets, most, quotes)
        if shown
        else [QuestionSummary(one.id, said(one, "text"), one.kind, suppressed=True) for one in questions],
        begun=0 if survey.anonymous else begun,
        closed=closed,
        fewest=survey.least,
        opening=survey.opening,
        closing=survey.closing,
    )


def may_show(survey: Survey, closed: bool) -> bool:
    """Whether figures may be shown: of an anonymous survey only once it has closed, lest the difference between two
    looks tell what the one in between has answered."""
    return closed or not survey.anonymous


def _questions(session, survey: Survey, event: Event, closed: bool, sheets: int, most, quotes) -> list[QuestionSummary]:
    out = left_out(session, survey, closed)
    figures = figures_of(session, survey, closed, sheets, out)
    counted = {question.id: counted_of(survey, question, figures, sheets) for question in survey.questions}
    open_to_read = [question for question in survey.questions if not counted[question.id].suppressed]
    texts = texts_of(session, survey, event, open_to_read, out, most=most, quotes=quotes)
    themes = theme_counts(session, survey, closed)
    return [
        _summed(question, counted[question.id], figures, texts.get(question.id, Texts()), themes.get(question.id, ()))
        for question in survey.questions
    ]


def counted_of(survey: Survey, question: Question, figures: Figures, sheets: int) -> Counted:
    """Return one question's figures as far as they may be told."""
    if question.kind == "section":
        return Counted(0)
    counted = count(
        question.kind, [choice.id for choice in question.choices], figures.tallies[question.id],
        figures.answered[question.id], steps=steps_of(question),
    )  # fmt: skip
    return anonymous(counted, sheets, survey.least) if survey.anonymous else counted


def choice_words(choice: Choice) -> str:
    """What a choice says, and that it is offered no more."""
    words = said(choice, "text")
    return _("%(choice)s (no longer offered)") % {"choice": words} if choice.retired else words


def _summed(
    question: Question, counted: Counted, figures: Figures, texts: Texts, themes: Sequence[ThemeCount]
) -> QuestionSummary:
    words = {choice.id: choice_words(choice) for choice in question.choices}
    return QuestionSummary(
        id=question.id,
        text=said(question, "text"),
        kind=question.kind,
        answered=counted.answered,
        rows=_rows(question, counted, words, figures.dates[question.id]),
        texts=[(written.text, written.whose) for written in texts.written],
        mean=counted.mean,
        suppressed=counted.suppressed,
        help=said(question, "help"),
        retired=question.retired,
        more=texts.more,
        median=counted.median,
        least=counted.least,
        most=counted.most,
        steps=steps_of(question),
        low=said(question, "low"),
        high=said(question, "high"),
        ranked=[Ranked(words[one.choice], one.points, one.mean, one.first) for one in counted.places],
        matrix=[Row(_row_words(words, line), line.counts, line.answered, line.mean) for line in counted.lines],
        themes=() if counted.suppressed else themes,
        comment=question.comment,
    )


def _row_words(words: Mapping[int, str], line: Line) -> str:
    if None in line.counts:
        return _("%(row)s (too few answers to be shown)") % {"row": words[line.row]}
    return words[line.row]


def _rows(
    question: Question, counted: Counted, words: Mapping[int, str], days: Mapping[str, int]
) -> list[tuple[str, int]]:
    if counted.suppressed:
        return []
    if question.kind == "date":
        return [(dates.day(date.fromisoformat(day), spoken()), amount) for day, amount in sorted(days.items())]
    return [(words.get(option, str(option)), amount) for option, amount in counted.counts.items()]
