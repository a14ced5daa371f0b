"""Keeps a survey's form as it was, when it is edited after somebody has begun to answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.surveys.models import Choice, Question, Survey, SurveyVersion
from app.surveys.sheets import begun


@contextmanager
def earlier_form_kept(session: Session, survey: Survey, *, by: str, at: datetime) -> Iterator[None]:
    """Within the block a survey (held and loaded whole) is edited; if somebody has begun to answer, and it has changed,
    its form as it was before is kept. An edit that raises keeps nothing."""
    before = content_of(survey) if begun(session, survey.id) else None
    yield
    if before is None or before == content_of(survey):
        return
    newest = select(func.coalesce(func.max(SurveyVersion.number), 0)).where(SurveyVersion.survey_id == survey.id)
    version = SurveyVersion(survey_id=survey.id, replaced_at=at, replaced_by=by, content=before)
    version.number = session.scalar(newest) + 1
    session.add(version)
    session.flush()


def versions_of(session: Session, survey: Survey, first: int = 0, most: int | None = None) -> list[SurveyVersion]:
    """Return the earlier forms of a survey, newest first: at most so many from the first on, counted from 0."""
    query = select(SurveyVersion).where(SurveyVersion.survey_id == survey.id)
    return list(session.scalars(query.order_by(SurveyVersion.number.desc()).offset(first).limit(most)))


def how_many_versions(session: Session, survey: Survey) -> int:
    return session.scalar(select(func.count()).where(SurveyVersion.survey_id == survey.id))


def content_of(survey: Survey) -> dict[str, Any]:
    """Return a survey's whole form as plain values (`app/surveys/comparing.py` says of what shape)."""
    return {
        "survey": {
            "title": survey.title,
            "introduction": survey.introduction,
            "promise": "anonymous" if survey.anonymous else survey.attribution,
            "background": survey.background,
            "least": survey.least,
            "closes_at": survey.closes_at.isoformat(timespec="minutes") if survey.closes_at else None,
            "language": survey.language,
            "translations": survey.translations or {},
        },
        "questions": [_question(question) for question in survey.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "help": question.help,
        "required": bool(question.required),
        "minimum": question.minimum,
        "maximum": question.maximum,
        "low": question.low,
        "high": question.high,
        "shown_if": question.shown_if_id,
        "shown_if_value": question.shown_if_value,
        "agenda_item": question.agenda_item_id,
        "retired": bool(question.retired),
        "translations": question.translations or {},
        "choices": [_choice(choice) for choice in question.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "text": choice.text,
        "open": bool(choice.open),
        "retired": bool(choice.retired),
        "translations": choice.translations or {},
    }
