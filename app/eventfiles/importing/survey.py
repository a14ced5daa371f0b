"""Brings in the survey: its questions with their choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.eventfiles.columns import CHOICE, QUESTION, SURVEY, filled
from app.eventfiles.importing.book import Book
from app.eventfiles.importing.items import item_named
from app.eventfiles.importing.sheets import add_remarks, add_sheets
from app.events.models import Event
from app.surveys.answering import CHOOSING
from app.surveys.closing import keep_closed
from app.surveys.models import Choice, Question, Survey


def add_survey(
    session: Session, event: Event, entry: Mapping[str, Any], items: Sequence[AgendaItem], book: Book
) -> None:
    """Add a survey, in the event's language unless it says otherwise, with all that was answered."""
    columns = {"language": event.language, **filled(entry, SURVEY), "translations": _translations(entry)}
    survey = Survey(event_id=event.id, **columns)
    entries = entry.get("questions") or ()
    survey.questions = [_question(position, one, items) for position, one in enumerate(entries)]
    session.add(survey)
    session.flush()
    by_key = {question.key: question for question in survey.questions}
    for question, one in zip(survey.questions, entries, strict=True):
        if one.get("shown_if"):
            other, value = by_key[one["shown_if"]["question"]], one["shown_if"]["is"]
            question.shown_if_id = other.id
            question.shown_if_value = other.choices[value].id if other.kind in CHOOSING else value
    sheets = add_sheets(session, survey, entry, by_key, book)
    if entry.get("answers"):
        keep_closed(session, survey, event)
    add_remarks(session, entries, sheets, by_key, book)


def _question(position: int, entry: Mapping[str, Any], items: Sequence[AgendaItem]) -> Question:
    question = Question(position=position, translations=_translations(entry), **filled(entry, QUESTION))
    options = entry.get("choices") or entry.get("rows") or ()
    question.choices = [_choice(place, one) for place, one in enumerate(options)]
    question.agenda_item_id = item_named(items, entry.get("agenda_item"))
    return question


def _choice(place: int, entry: str | Mapping[str, Any]) -> Choice:
    entry = {"text": entry} if isinstance(entry, str) else entry
    return Choice(position=place, translations=_translations(entry), **filled(entry, CHOICE))


def _translations(entry: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The words of an entry in other languages, by language and column; empty ones are none."""
    found = {
        language: {column: words for column, words in (said or {}).items() if words}
        for language, said in (entry.get("translations") or {}).items()
    }
    return {language: said for language, said in found.items() if said}
