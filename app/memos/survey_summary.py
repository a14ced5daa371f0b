"""The survey's summary as it is printed: how many answered, and each question in the order it was asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.language import npgettext, pgettext, spoken
from app.markdown import markdown
from app.memos.paper import Count, QuestionSummary, SurveySummary
from app.surveys.sheets import survey_of
from app.surveys.tally import QuestionSummary as Tallied
from app.surveys.tally import Summary, summary_of
from app.surveys.words import number_words


def survey_summary(session: Session, event: Event, *, below: int = 1) -> SurveySummary | None:
    """Return the summary in the language spoken, None for an event without a survey; below: the heading level above."""
    survey = survey_of(session, event.id)
    if survey is None:
        return None
    summary = summary_of(session, survey, event)
    shown = summary.answered and not summary.suppressed
    return SurveySummary(
        introduction=markdown(summary.introduction, below=below),
        answered=answered_words(summary),
        questions=tuple(_question(question) for question in summary.questions) if shown else (),
    )


def answered_words(summary: Summary) -> str:
    """How many were asked and answered, until when, and whether by name."""
    if not summary.answered:
        return pgettext("paper", "Nobody answered the survey.")
    figures = {"answered": summary.answered, "invited": summary.invited, "rate": round(summary.rate * 100)}
    sentences = [pgettext("paper", "%(answered)s of the %(invited)s invited answered (%(rate)s %%).") % figures]
    if summary.closes_at:
        at = dates.day_and_clock(summary.closes_at, spoken())
        sentences.append(pgettext("paper", "The survey closed on %(at)s.") % {"at": at})
    if summary.suppressed:
        sentences.append(pgettext("paper", "So few answers are not shown, so that nobody can be recognised."))
    elif summary.anonymous:
        sentences.append(pgettext("paper", "The answers are anonymous."))
    return " ".join(sentences)


def _question(question: Tallied) -> QuestionSummary:
    most = max((count for _label, count in question.rows), default=0)
    whole = max(most if question.kind == "ranking" else question.answered, 1)
    return QuestionSummary(
        text=question.text,
        note=_note(question),
        measure=pgettext("paper", "Points") if question.kind == "ranking" else pgettext("paper", "Count"),
        rows=tuple(Count(label, number_words(count), round(100 * count / whole, 1)) for label, count in question.rows),
        texts=tuple(question.texts),
    )


def _note(question: Tallied) -> str:
    if question.suppressed:
        return pgettext("paper", "Fewer than five answers: not shown, so that nobody can be recognised.")
    note = npgettext("paper", "%(num)s answer", "%(num)s answers", question.answered) % {"num": question.answered}
    if question.mean is not None:
        note += ", " + pgettext("paper", "mean %(mean)s") % {"mean": number_words(round(question.mean, 1))}
    return note
