"""Writes the survey and its answers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem
from app.eventfiles.columns import QUESTION, SURVEY, from_columns
from app.eventfiles.exporting.mentions import mention, without_empty
from app.surveys.answering import CHOOSING
from app.surveys.models import Question, Sheet, Survey
from app.surveys.parts import Part
from app.surveys.sheets import values_of


def survey_entry(session: Session, event_id: int, items: Sequence[AgendaItem]) -> dict[str, Any] | None:
    """Return the survey of an event with choices by their index, or None."""
    with_all = selectinload(Survey.questions).selectinload(Question.choices)
    survey = session.scalar(select(Survey).options(with_all).where(Survey.event_id == event_id))
    if survey is None:
        return None
    by_id = {question.id: question for question in survey.questions}
    places = {item.id: place for place, item in enumerate(items)}
    entry = from_columns(survey, SURVEY)
    entry["questions"] = [_question(one, by_id, places) for one in survey.questions]
    entry["answers"] = _answers(session, survey, by_id)
    return without_empty(entry)


def _question(question: Question, by_id: Mapping[int, Question], places: Mapping[int, int]) -> dict[str, Any]:
    entry = from_columns(question, QUESTION)
    entry["choices"] = [choice.text for choice in question.choices]
    entry["agenda_item"] = places.get(question.agenda_item_id)
    other = by_id.get(question.shown_if_id)
    if other is not None and (value := _indexed(other, question.shown_if_value)) is not None:
        entry["shown_if"] = {"question": other.key, "is": value}
    return without_empty(entry)


def _answers(session: Session, survey: Survey, by_id: Mapping[int, Question]) -> list[dict[str, Any]]:
    """Return the sheets: as they were imported, or of an anonymous survey in an order that says nothing."""
    query = select(Sheet).options(selectinload(Sheet.answers)).where(Sheet.survey_id == survey.id, Sheet.sent.is_(True))
    found = []
    for sheet in session.scalars(query.order_by(Sheet.id)):
        parts: dict[int, list[Part]] = defaultdict(list)
        for answer in sheet.answers:
            parts[answer.question_id].append(Part(answer.part, answer.number, answer.text))
        values = values_of(survey, parts)
        answers = {one.key: _indexed(one, values[id]) for id, one in by_id.items() if id in values}
        found.append(without_empty({"person": mention("person", sheet.person_id), **answers}))
    return sorted(found, key=lambda one: json.dumps(one, sort_keys=True)) if survey.anonymous else found


def _indexed(question: Question, value: Any) -> Any:
    """A stored value as the file has it; None for a choice that is no more."""
    if question.kind not in CHOOSING or value is None:
        return value
    ids = [choice.id for choice in question.choices]
    if isinstance(value, list):
        return [ids.index(one) for one in value if one in ids]
    return ids.index(value) if value in ids else None
