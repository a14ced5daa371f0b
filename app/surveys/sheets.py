"""Loads surveys, and what is kept of their sheets: a person's, or one that nobody can tell whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from app.errors import NotFound
from app.events.models import Event
from app.surveys.answering import Asked
from app.surveys.models import Answer, Draft, Question, Sheet, Survey, SurveyParticipation
from app.surveys.parts import Part, parts_of, value_of

WHOLE = (
    select(Survey)
    .options(selectinload(Survey.questions).selectinload(Question.choices))
    .where(Survey.event_id == bindparam("event_id"))
)


_PARTS = (
    select(Sheet.id, Sheet.sent, Answer.question_id, Answer.part, Answer.number, Answer.text)
    .select_from(Sheet)
    .outerjoin(Answer, Answer.sheet_id == Sheet.id)
    .where(Sheet.survey_id == bindparam("survey"))
)
# put together once: a sheet is read at every few letters that somebody writes
OF_PERSON = _PARTS.where(Sheet.person_id == bindparam("owner"))
OF_NOBODY = _PARTS.where(Sheet.id == bindparam("owner"), Sheet.person_id.is_(None))


def survey_of(session: Session, event_id: int) -> Survey | None:
    """Return an event's survey with its questions and their choices, in at most three queries."""
    return session.scalar(WHOLE, {"event_id": event_id})


def event_survey(session: Session, event: Event) -> Survey:
    """Return an event's survey as `survey_of` does; raises NotFound for an event without one."""
    survey = survey_of(session, event.id)
    if survey is None:
        raise NotFound
    return survey


def asked(survey: Survey, held: Mapping[int, Any] | None = None) -> list[Asked]:
    """Return the questions for the rule of answering. What is retired is offered only to one who holds it already."""
    found: list[Asked] = []
    section: int | None = None
    for question in survey.questions:
        section = question.id if question.kind == "section" else section
        if question.retired and question.kind != "section" and question.id not in (held or {}):
            continue  # a heading that is retired goes on to hide what stands under it, if it has a condition
        found.append(_asked(question, section, _held_choices(question, (held or {}).get(question.id))))
    return found


def _asked(question: Question, section: int | None, held: Collection[int]) -> Asked:
    offered = [choice for choice in question.choices if not choice.retired or choice.id in held]
    return Asked(
        question.id, question.kind, question.required, question.minimum, question.maximum,
        tuple(choice.id for choice in offered), question.shown_if_id, question.shown_if_value,
        open=next((choice.id for choice in offered if choice.open), None),
        within=section if section != question.id else None,
    )  # fmt: skip


def _held_choices(question: Question, value: Any) -> set[int]:
    if value is None or not question.choices:
        return set()
    return {part.part for part in parts_of(question.kind, value)}


def closes(survey: Survey, starts_at: datetime) -> datetime:
    """Return the local time when a survey closes: its own, else the event's start."""
    return survey.closes_at or starts_at


@dataclass(frozen=True)
class Held:
    """A sheet as it is kept: its values by question (`app/surveys/parts.py`), and whether it has been sent."""

    id: str
    sent: bool
    values: Mapping[int, Any] = field(default_factory=dict)


def held_sheet(session: Session, survey: Survey, owner: int | str) -> Held | None:
    """Return a sheet: of a person by their id, or an anonymous one by its own; None before anything is kept."""
    query = OF_PERSON if isinstance(owner, int) else OF_NOBODY
    rows = session.execute(query, {"survey": survey.id, "owner": owner}).all()
    if not rows:
        return None
    parts: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        if row.question_id is not None:
            parts[row.question_id].append(Part(row.part, row.number, row.text))
    return Held(rows[0].id, rows[0].sent, values_of(survey, parts))


def values_of(survey: Survey, parts: Mapping[int, Sequence[Part]]) -> dict[int, Any]:
    """Return the values that the kept rows of one sheet hold, in the order of the questions."""
    return {
        question.id: value_of(question.kind, parts[question.id], [choice.id for choice in question.choices])
        for question in survey.questions
        if question.id in parts
    }


def begun(session: Session, survey_id: int) -> bool:
    """Whether anybody has begun to answer, also where only they can read what they have written (`Draft`)."""
    sheet = select(Sheet.id).where(Sheet.survey_id == survey_id)
    draft = select(Draft.id).where(Draft.survey_id == survey_id)
    return bool(session.scalar(select(sheet.exists() | draft.exists())))


def sheet_of(session: Session, survey: Survey, person_id: int) -> Mapping[int, Any] | None:
    """Return a person's saved answers by question; None before the first saving. An anonymous survey's are nobody's."""
    held = held_sheet(session, survey, person_id)
    return held.values if held else None


def has_answered(session: Session, survey: Survey, person_id: int) -> bool:
    """Whether a person has answered an anonymous survey."""
    one = SurveyParticipation.survey_id == survey.id, SurveyParticipation.person_id == person_id
    return session.scalar(select(SurveyParticipation.person_id).where(*one)) is not None


def who_answered(session: Session, survey_id: int) -> set[int]:
    """Return the ids of the people who have answered; of an anonymous survey only this is known of them."""
    signed = select(Sheet.person_id).where(
        Sheet.survey_id == survey_id, Sheet.person_id.is_not(None), Sheet.sent.is_(True)
    )
    took_part = select(SurveyParticipation.person_id).where(SurveyParticipation.survey_id == survey_id)
    return set(session.scalars(signed.union(took_part)))


def who_began(session: Session, survey_id: int) -> set[int]:
    """Return the ids of the people who have begun to answer and not sent it yet; of an anonymous survey nobody's are
    known."""
    begun = Sheet.survey_id == survey_id, Sheet.person_id.is_not(None), Sheet.sent.is_(False)
    return set(session.scalars(select(Sheet.person_id).where(*begun)))
