"""The survey's summary as it is printed: how many answered, and each question in the order it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.language import npgettext, pgettext, spoken
from app.markdown import markdown
from app.memos.paper_figures import Count, MatrixTable, QuestionSummary, SurveySummary
from app.surveys.closing import has_closed
from app.surveys.sheets import survey_of
from app.surveys.tally import QuestionSummary as Tallied
from app.surveys.tally import Summary, summary_of
from app.surveys.words import number_words

MOST_LINES = 300  # of one answer; what follows runs on
TOO_LONG = re.compile(r"\S{60}(?=\S)")  # of what has no end in sight, a part after which a line may break


def survey_summary(session: Session, event: Event, *, at: datetime, below: int = 1) -> SurveySummary | None:
    """Return the summary in the language spoken, None for an event without a survey; below: the heading level above.

    at: the moment; of an anonymous survey that is still open nothing is told.
    """
    survey = survey_of(session, event.id)
    if survey is None:
        return None
    summary = summary_of(session, survey, event, has_closed(survey, event, at), quotes=True)
    shown = summary.answered and summary.told and not summary.suppressed
    return SurveySummary(
        introduction=markdown(summary.introduction, below=below),
        answered=answered_words(summary),
        questions=tuple(_questions(summary, below)) if shown else (),
        opening=markdown(summary.opening, below=below),
        closing=markdown(summary.closing, below=below),
    )


def answered_words(summary: Summary) -> str:
    """How many were asked and answered, until when, and whether by name."""
    if not summary.answered and summary.closed:
        return pgettext("paper", "Nobody answered the survey.")
    figures = {"answered": summary.answered, "invited": summary.invited, "rate": round(summary.rate * 100)}
    sentences = [pgettext("paper", "%(answered)s of the %(invited)s invited answered (%(rate)s %%).") % figures]
    if summary.closes_at:
        at = {"at": dates.day_and_clock(summary.closes_at, spoken())}
        closed = pgettext("paper", "The survey closed on %(at)s.") % at
        sentences.append(closed if summary.closed else pgettext("paper", "The survey is open until %(at)s.") % at)
    if not summary.told:
        sentences.append(pgettext("paper", "The answers are anonymous and are shown when the survey has closed."))
    elif summary.suppressed:
        sentences.append(pgettext("paper", "So few answers are not shown, so that nobody can be recognised."))
    elif summary.anonymous:
        sentences.append(pgettext("paper", "The answers are anonymous."))
    return " ".join(sentences)


def _questions(summary: Summary, below: int) -> Iterator[QuestionSummary]:
    deep = False  # below a heading
    for question in summary.questions:
        deep = deep or question.kind == "section"
        yield replace(_question(summary, question, below + deep), deep=deep)


def _question(summary: Summary, question: Tallied, below: int) -> QuestionSummary:
    if question.kind == "section":
        help = markdown(question.help, below=below)
        return QuestionSummary(question.text, "", "", id=question.id, heading=True, comment=help)
    chosen = question.kind in ("single_choice", "multiple_choice")
    return QuestionSummary(
        text=question.text,
        note=_note(summary, question),
        measure=pgettext("paper", "Points") if question.kind == "ranking" else pgettext("paper", "Count"),
        rows=_rows(question),
        texts=tuple((paragraphs_of(text), whose) for text, whose in question.texts),
        id=question.id,
        beside=(pgettext("paper", "Mean place"), pgettext("paper", "First")) if question.kind == "ranking" else (),
        matrix=_matrix(question) if question.matrix else None,
        themes=_themes(question),
        written=pgettext("paper", "In their own words") if chosen and question.texts else "",
        comment=markdown(question.comment, below=below + 1),
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the lines of what was written, without empty ones, so that they can be set: one answer of 100 kB in one
    word, or in fifty thousand lines, would take longer than all the paper may."""
    lines = [line for line in text.split("\n") if line.strip()] or [text]
    lines[MOST_LINES:] = [" ".join(lines[MOST_LINES:])] if lines[MOST_LINES:] else []
    return tuple(TOO_LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", line) for line in lines)


def _rows(question: Tallied) -> tuple[Count, ...]:
    most = max((count for _label, count in question.rows), default=0)
    whole = max(most if question.kind == "ranking" else question.answered, 1)
    beside = [(mean_words(one.mean), number_words(one.first)) for one in question.ranked]
    return tuple(
        Count(label, number_words(count), round(100 * count / whole, 1), beside[place] if beside else ())
        for place, (label, count) in enumerate(question.rows)
    )


def _themes(question: Tallied) -> tuple[Count, ...]:
    whole = max(question.answered, 1)
    return tuple(
        Count(theme.title, number_words(theme.answers), round(100 * theme.answers / whole, 1))
        for theme in question.themes
        if theme.answers
    )


def _matrix(question: Tallied) -> MatrixTable:
    low, high = question.steps[0], question.steps[-1]
    rows = [
        Count(
            row.words,
            mean_words(row.mean) or "–",
            0 if row.mean is None or high == low else round(100 * (row.mean - low) / (high - low), 1),
            tuple(map(number_words, row.counts)),
        )
        for row in question.matrix
    ]
    return MatrixTable(tuple(map(str, question.steps)), ends_words(question), tuple(rows))


def _note(summary: Summary, question: Tallied) -> str:
    if question.suppressed:
        return few_words(summary.fewest)
    notes = [npgettext("paper", "%(num)s answer", "%(num)s answers", question.answered) % {"num": question.answered}]
    if question.mean is not None:
        notes.append(pgettext("paper", "mean %(mean)s") % {"mean": mean_words(question.mean)})
    if question.kind == "number" and question.answered:
        notes.append(pgettext("paper", "median %(median)s") % {"median": mean_words(question.median)})
    if question.least is not None:
        ends = {"least": number_words(question.least), "most": number_words(question.most)}
        notes.append(pgettext("paper", "from %(least)s to %(most)s") % ends)
    note = ", ".join(notes)
    if question.kind == "scale" and ends_words(question):
        note += f" ({ends_words(question)})"
    return note + (". " + pgettext("paper", "The question was withdrawn.") if question.retired else "")


def few_words(fewest: int) -> str:
    """That a question has too few answers to be shown."""
    if fewest == 5:
        return pgettext("paper", "Fewer than five answers: not shown, so that nobody can be recognised.")
    sentence = pgettext("paper", "Fewer than %(least)s answers: not shown, so that nobody can be recognised.")
    return sentence % {"least": fewest}


def ends_words(question: Tallied) -> str:
    """What the ends of a scale mean, "1 = not at all, 5 = very"; nothing where they have no names."""
    if not question.steps:
        return ""
    ends = ((question.steps[0], question.low), (question.steps[-1], question.high))
    return ", ".join(f"{step} = {words}" for step, words in ends if words)


def mean_words(value: float | None) -> str:
    """A mean to one decimal; nothing for none."""
    return "" if value is None else number_words(round(value, 1))
