"""Loads surveys and keeps their sheets: a person's, or one that nobody can tell whose it is."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from app.errors import Refused
from app.language import gettext as _
from app.surveys.answering import Asked
from app.surveys.models import Answer, Question, Sheet, Survey, SurveyParticipation

WHOLE = (
    select(Survey)
    .options(selectinload(Survey.questions).selectinload(Question.choices))
    .where(Survey.event_id == bindparam("event_id"))
)


def survey_of(session: Session, event_id: int) -> Survey | None:
    """Return an event's survey with its questions and their choices, in at most three queries."""
    return session.scalar(WHOLE, {"event_id": event_id})


def asked(survey: Survey) -> list[Asked]:
    """Return the questions for the rule of answering."""
    return [
        Asked(
            question.id, question.kind, question.required, question.minimum, question.maximum,
            tuple(choice.id for choice in question.choices), question.shown_if_id, question.shown_if_value,
        )
        for question in survey.questions
    ]  # fmt: skip


def closes(survey: Survey, starts_at: datetime) -> datetime:
    """Return the local time when a survey closes: its own, else the event's start."""
    return survey.closes_at or starts_at


def sheet_of(session: Session, survey: Survey, person_id: int) -> dict[int, Any] | None:
    """Return a person's saved answers by question; None before the first saving. An anonymous survey's are nobody's."""
    query = (
        select(Answer.question_id, Answer.value)
        .select_from(Sheet)
        .outerjoin(Answer, Answer.sheet_id == Sheet.id)
        .where(Sheet.survey_id == survey.id, Sheet.person_id == person_id)
    )
    rows = session.execute(query).all()
    return {question: value for question, value in rows if question is not None} if rows else None


def has_answered(session: Session, survey: Survey, person_id: int) -> bool:
    one = SurveyParticipation.survey_id == survey.id, SurveyParticipation.person_id == person_id
    return session.scalar(select(SurveyParticipation.person_id).where(*one)) is not None


def who_answered(session: Session, survey_id: int) -> set[int]:
    """Return the ids of the people who have answered; of an anonymous survey only this is known of them."""
    signed = select(Sheet.person_id).where(Sheet.survey_id == survey_id, Sheet.person_id.is_not(None))
    took_part = select(SurveyParticipation.person_id).where(SurveyParticipation.survey_id == survey_id)
    return set(session.scalars(signed.union(took_part)))


def save(session: Session, survey: Survey, person_id: int, values: Mapping[int, Any]) -> None:
    """Keep a person's answers (`answering.fill`); a later saving replaces an earlier one.

    An anonymous sheet is kept without any link to the person, and therefore once: a second raises Refused.
    """
    if survey.anonymous:
        _take_part(session, survey, person_id)
        sheet = Sheet(id=secrets.token_hex(16), survey_id=survey.id)
    else:
        sheet = _own_sheet(session, survey, person_id)
        session.execute(delete(Answer).where(Answer.sheet_id == sheet.id))
    session.add(sheet)
    session.flush()
    session.add_all(Answer(sheet_id=sheet.id, question_id=question, value=value) for question, value in values.items())
    session.flush()


def _take_part(session: Session, survey: Survey, person_id: int) -> None:
    try:
        with session.begin_nested():
            session.add(SurveyParticipation(survey_id=survey.id, person_id=person_id))
    except IntegrityError:
        sentence = _("You have answered this survey. Anonymous answers cannot be found again to change them.")
        raise Refused(sentence) from None


def _own_sheet(session: Session, survey: Survey, person_id: int) -> Sheet:
    query = select(Sheet).where(Sheet.survey_id == survey.id, Sheet.person_id == person_id).with_for_update()
    sheet = session.scalar(query)
    if sheet is None:
        sheet = Sheet(id=secrets.token_hex(16), survey_id=survey.id, person_id=person_id)
        try:
            with session.begin_nested():
                session.add(sheet)
        except IntegrityError:  # pressed twice at once: the other press made it
            sheet = session.scalars(query).one()
    return sheet
