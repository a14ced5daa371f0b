"""Copies what a survey asks into another event."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.series.moved import moved, shown
from app.surveys.copying import copy_about, copy_questions
from app.surveys.editing import begin_survey
from app.surveys.sheets import survey_of


def copy_survey(session: Session, source: Event, event: Event, days: int, items: Mapping[int, AgendaItem]) -> list[str]:
    """Copy what is asked and what is promised; it closes so many days later. Questions stay about their items where
    these were copied. Returns the texts of the questions that lost their condition."""
    original = survey_of(session, source.id)
    if original is None:
        return []
    begin_survey(session, event)
    survey = survey_of(session, event.id)
    copy_about(survey, original)
    closes_at = moved(original.closes_at, days)
    survey.closes_at = shown(closes_at, event.time_zone) if closes_at else None
    copied = copy_questions(session, survey, original)
    asked = [question for question in original.questions if not question.retired]
    for question, one in zip(asked, copied.questions, strict=True):
        item = items.get(question.agenda_item_id)
        one.agenda_item_id = item.id if item else None
    session.flush()
    return copied.unconditional
