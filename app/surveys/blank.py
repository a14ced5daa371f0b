"""A survey as a blank: what is asked, to be read and filled in, not edited.

It takes the place of a `Survey` wherever one is only read. Answers are saved at every few letters that somebody writes,
and a hundred objects that could be changed take three times as long to make as all else that a saving does.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.surveys.models import Choice, Question, Survey, Translations


class BlankChoice(NamedTuple):
    """As `Choice`."""

    id: int
    text: str
    open: bool
    retired: bool
    translations: Translations


class BlankQuestion(NamedTuple):
    """As `Question`."""

    id: int
    kind: str
    text: str
    help: str | None
    required: bool
    minimum: float | None
    maximum: float | None
    low: str | None
    high: str | None
    shown_if_id: int | None
    shown_if_value: Any
    retired: bool
    translations: Translations
    choices: list[BlankChoice]


class Blank(NamedTuple):
    """As `Survey`."""

    id: int
    title: str | None
    introduction: str | None
    anonymous: bool
    attribution: str
    background: str
    least: int
    closes_at: datetime | None
    translations: Translations
    questions: list[BlankQuestion]


_survey, _question, _choice = Survey.__table__.c, Question.__table__.c, Choice.__table__.c
# put together once; of tables and not of classes, so that rows come as they are
HEAD = select(*(_survey[name] for name in Blank._fields[:-1])).where(_survey.event_id == bindparam("event_id"))
QUESTIONS = (
    select(*(_question[name] for name in BlankQuestion._fields[:-1]))
    .where(_question.survey_id == bindparam("survey"))
    .order_by(_question.position)
)
CHOICES = (
    select(_choice.question_id, *(_choice[name] for name in BlankChoice._fields))
    .join_from(Choice.__table__, Question.__table__, _question.id == _choice.question_id)
    .where(_question.survey_id == bindparam("survey"))
    .order_by(_choice.position)
)


def blank_of(session: Session, event_id: int) -> Blank | None:
    """Return an event's survey as `sheets.survey_of` does, but only to be read; in at most three queries."""
    connection = session.connection()
    head = connection.execute(HEAD, {"event_id": event_id}).one_or_none()
    if head is None:
        return None
    choices: dict[int, list[BlankChoice]] = defaultdict(list)
    for question, *choice in connection.execute(CHOICES, {"survey": head.id}):
        choices[question].append(BlankChoice(*choice))
    rows = connection.execute(QUESTIONS, {"survey": head.id})
    return Blank(*head, [BlankQuestion(*row, choices.get(row.id, [])) for row in rows])
