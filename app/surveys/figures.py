"""Counts a survey's answers in the database; each function runs one statement, however many have answered.

What counts are the sheets that were sent, and of a named survey that has closed also those that were only begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from app.surveys.counting import Tally
from app.surveys.models import Answer, Question, Sheet, Survey

IN_PARTS = ("multiple_choice", "matrix")  # a ranking has a first place for each who answered


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
    return mine & (Sheet.sent.is_(True) | exists().where(Answer.sheet_id == Sheet.id))


def counted_answers(query: Select[Any], survey: Survey, closed: bool) -> Select[Any]:
    """Return a query of answers without those of sheets that do not count. All that was begun counts in the end, and to
    leave out the few that are not sent costs less than to look up each that is."""
    if closed and not survey.anonymous:
        return query
    unsent = select(Sheet.id).where(Sheet.survey_id == survey.id, Sheet.sent.is_(False))
    return query.where(Answer.sheet_id.not_in(unsent))


def sheet_counts(session: Session, survey: Survey, closed: bool) -> tuple[int, int]:
    """Return how many sheets count, and how many were begun and not sent."""
    begun = Sheet.sent.is_(False) & exists().where(Answer.sheet_id == Sheet.id)
    amounts = [func.sum(case((condition, 1), else_=0)) for condition in (counts(survey, closed), begun)]
    counted, unsent = session.execute(select(*amounts).where(Sheet.survey_id == survey.id)).one()
    return int(counted or 0), int(unsent or 0)


def figures_of(session: Session, survey: Survey, closed: bool) -> Figures:
    """Return the figures of all questions, in at most three statements."""
    figures = Figures()
    ids = [question.id for question in survey.questions if question.kind not in ("section", "date")]
    keys = Answer.question_id, Answer.part, Answer.number
    query = select(*keys, func.count()).where(Answer.question_id.in_(ids)).group_by(*keys)
    for question, part, number, amount in session.execute(counted_answers(query, survey, closed)):
        figures.tallies[question].append(Tally(part, number, amount))
    _count_dates(session, survey, closed, figures)
    in_parts = _answered_in_parts(session, survey, closed)
    for question in survey.questions:
        figures.answered[question.id] = in_parts.get(question.id, _answered(question, figures))
    return figures


def _answered(question: Question, figures: Figures) -> int:
    if question.kind == "date":
        return sum(figures.dates[question.id].values())
    tallies = figures.tallies[question.id]
    return sum(tally.count for tally in tallies if question.kind != "ranking" or tally.number == 1)


def _count_dates(session: Session, survey: Survey, closed: bool, figures: Figures) -> None:
    ids = [question.id for question in survey.questions if question.kind == "date"]
    if not ids:
        return
    keys = Answer.question_id, Answer.text
    query = select(*keys, func.count()).where(Answer.question_id.in_(ids)).group_by(*keys).order_by(*keys)
    for question, day, amount in session.execute(counted_answers(query, survey, closed)):
        figures.dates[question][day] = amount


def _answered_in_parts(session: Session, survey: Survey, closed: bool) -> dict[int, int]:
    """How many sheets answer each question whose answers may be several rows: in one walk through the sheets."""
    ids = [question.id for question in survey.questions if question.kind in IN_PARTS]
    if not ids:
        return {}
    there = [exists().where(Answer.sheet_id == Sheet.id, Answer.question_id == id) for id in ids]
    amounts: Sequence[int | None] = session.execute(
        select(*(func.sum(case((one, 1), else_=0)) for one in there)).where(counts(survey, closed))
    ).one()
    return {id: int(amount or 0) for id, amount in zip(ids, amounts, strict=True)}
