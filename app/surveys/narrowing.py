"""Limits cannot become narrower than what has been answered within them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.language import gettext as _
from app.language import ngettext
from app.surveys.answering import LONGEST
from app.surveys.limits import COUNTED
from app.surveys.models import Answer, Question, Survey

Limit = float | None


def narrowed(session: Session, survey: Survey, question: Question, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what new limits of an answered question would leave outside, as (field, sentence).

    Of an anonymous survey how many there are cannot be told: any narrower limit is refused.
    """
    problems = []
    for name, least in (("minimum", True), ("maximum", False)):
        if not _is_narrower(getattr(question, name), values[name], least=least):
            continue
        if survey.anonymous:
            problems.append((name, _("The survey is being answered anonymously. Its limits can only be widened.")))
        elif outside := _outside(session, question, values[name], least=least):
            sentence = ngettext(
                "%(n)s answer is outside this limit already. Choose a wider one.",
                "%(n)s answers are outside this limit already. Choose a wider one.", outside,
            )  # fmt: skip
            problems.append((name, sentence % {"n": outside}))
    return problems


def _is_narrower(before: Limit, after: Limit, *, least: bool) -> bool:
    if after is None or before == after:
        return False
    return before is None or (after > before if least else after < before)


def _outside(session: Session, question: Question, limit: float, *, least: bool) -> int:
    size = _size(question)
    if size is None:
        return 0
    mine = select(size.label("size")).where(Answer.question_id == question.id).group_by(Answer.sheet_id).subquery()
    outside = mine.c.size < limit if least else mine.c.size > limit
    return session.scalar(select(func.count()).select_from(mine).where(outside))


def _size(question: Question) -> ColumnElement[float] | None:
    """What of one sheet's answer is limited: how many are chosen, how long it is, how large."""
    if question.kind in COUNTED:
        return func.count(Answer.part)
    if question.kind in LONGEST:
        return func.max(func.length(Answer.text))
    return func.max(Answer.number) if question.kind == "number" else None
