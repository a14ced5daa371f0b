"""What of a survey somebody has relied on already: it has been begun, a question answered, a choice chosen.

Of an anonymous survey the secretariat may not learn what has been answered while it is open, not even by being refused
an edit: once anybody has begun, all of it counts as used.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.surveys.models import Answer, Question, Survey
from app.surveys.sheets import begun


@dataclass(frozen=True)
class Used:
    """Whether a question has been answered, and which of its choices or rows have been chosen."""

    answered: bool
    choices: frozenset[int] = frozenset()


def use_of(session: Session, survey: Survey, question: Question) -> Used:
    """Return what of a question is used, in one query."""
    if survey.anonymous:
        used = begun(session, survey.id)
        return Used(used, frozenset(choice.id for choice in question.choices) if used else frozenset())
    parts = set(session.scalars(select(Answer.part).where(Answer.question_id == question.id).distinct()))
    return Used(bool(parts), frozenset(parts))


def hold_question(session: Session, question: Question) -> None:
    """Keep answers from being written to a question while it is decided whether it has any; where one is being
    written, wait for it. SQLite has one writer at a time and needs nothing."""
    session.execute(select(Question.id).where(Question.id == question.id).with_for_update())
