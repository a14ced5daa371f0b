"""Counts a survey's answers in the database; each function runs one statement, however many have answered.

What counts are the sheets that were sent, and of a named survey that has closed also those that were only begun.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.surveys.counting import Tally
from app.surveys.models import Answer, Question, Sheet, Survey

IN_PARTS = ("multiple_choice", "matrix")  # a ranking has a first place for each who answered
MOST_BY_ID = 500
LeftOut = Sequence[str] | Select[Any] | None


@dataclass(frozen=True)
class Figures:
    """All that was counted: of each question how many answered it, its tallies, its dates with how many gave each."""

    answered: dict[int, int] = field(default_factory=dict)
    tallies: dict[int, list[Tally]] = field(default_factory=lambda: defaultdict(list))
    dates: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


def counts(survey: Survey, closed: bool) -> ColumnElement[bool]:
    """Return the condition on which a sheet counts."""
    mine = Sheet.survey_id == survey.id
    if survey.anonymous or not closed:
        return mine & Sheet.sent.is_(True)
    return mine & (Sheet.sent.is_(True) | _written_on())


def _written_on() -> ColumnElement[bool]:
    """That something stands on a sheet, whatever else the query reads of answers."""
    any_answer = aliased(Answer)
    return exists().where(any_answer.sheet_id == Sheet.id)


def left_out(session: Session, survey: Survey, closed: bool) -> LeftOut:
    """Return the sheets that do not count, to be left out of queries of answers: their ids, or where they are many the
    query of them. To leave them out costs less than to look up each that counts."""
    if closed and not survey.anonymous:
        return None
    unsent = select(Sheet.id).where(Sheet.survey_id == survey.id, Sheet.sent.is_(False))
    ids = session.scalars(unsent.limit(MOST_BY_ID + 1)).all()
    return unsent if len(ids) > MOST_BY_ID else ids


def counted_answers(query: Select[Any], out: LeftOut) -> Select[Any]:
    """Return a query of answers without those of sheets that do not count (`left_out`)."""
    if out is None or (not isinstance(out, Select) and not out):
        return query
    return query.where(Answer.sheet_id.not_in(out))


def sheet_counts(session: Session, survey: Survey, closed: bool) -> tuple[int, int]:
    """Return how many sheets count, and how many were begun and not sent."""
    begun = Sheet.sent.is_(False) & _written_on()
    amounts = [func.sum(case((condition, 1), else_=0)) for condition in (counts(survey, closed), begun)]
    counted, unsent = session.execute(select(*amounts).where(Sheet.survey_id == survey.id)).one()
    return int(counted or 0), int(unsent or 0)


def figures_of(session: Session, survey: Survey, closed: bool, sheets: int, out: LeftOut) -> Figures:
    """Return the figures of all questions, in at most three statements; sheets: how many count."""
    figures = Figures()
    ids = [question.id for question in survey.questions if question.kind not in ("section", "date")]
    keys = Answer.question_id, Answer.part, Answer.number
    query = select(*keys, func.count()).where(Answer.question_id.in_(ids)).group_by(*keys)
    for question, part, number, amount in session.execute(counted_answers(query, out)):
        figures.tallies[question].append(Tally(part, number, amount))
    _count_dates(session, survey, out, figures)
    for question in survey.questions:
        figures.answered[question.id] = _answered(question, figures)
    _count_in_parts(session, survey, closed, sheets, figures)
    return figures


def _answered(question: Question, figures: Figures) -> int:
    if question.kind == "date":
        return sum(figures.dates[question.id].values())
    tallies = figures.tallies[question.id]
    return sum(tally.count for tally in tallies if question.kind != "ranking" or tally.number == 1)


def _count_dates(session: Session, survey: Survey, out: LeftOut, figures: Figures) -> None:
    ids = [question.id for question in survey.questions if question.kind == "date"]
    if not ids:
        return
    keys = Answer.question_id, Answer.text
    query = select(*keys, func.count()).where(Answer.question_id.in_(ids)).group_by(*keys).order_by(*keys)
    for question, day, amount in session.execute(counted_answers(query, out)):
        figures.dates[question][day] = amount


def _count_in_parts(session: Session, survey: Survey, closed: bool, sheets: int, figures: Figures) -> None:
    """How many sheets answer each question whose answers may be several rows: in one walk through the sheets.

    Where one part is answered on every sheet, so is the question, and there is nothing to look for.
    """
    ids = []
    for question in survey.questions:
        if question.kind in IN_PARTS:
            by_part: Counter[int] = Counter()
            for tally in figures.tallies[question.id]:
                by_part[tally.part] += tally.count
            figures.answered[question.id] = max(by_part.values(), default=0)
            if 0 < figures.answered[question.id] < sheets and len(by_part) > 1:
                ids.append(question.id)
    if not ids:
        return
    there = [exists().where(Answer.sheet_id == Sheet.id, Answer.question_id == id) for id in ids]
    sums = [func.sum(case((one, 1), else_=0)) for one in there]
    amounts: Sequence[int] = session.execute(select(*sums).where(counts(survey, closed))).one()
    figures.answered.update(zip(ids, map(int, amounts), strict=True))
