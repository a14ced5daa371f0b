"""Writes the survey: its questions with their choices by index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem
from app.eventfiles.columns import CHOICE, QUESTION, SURVEY, from_columns
from app.eventfiles.exporting.mentions import without_empty
from app.eventfiles.exporting.sheets import Remarks, remarks_of, sheet_entries
from app.eventfiles.survey_answers import STEPPED
from app.events.models import Event
from app.surveys.answering import CHOOSING
from app.surveys.closing import has_closed
from app.surveys.models import Choice, Question, Survey


def survey_entry(
    session: Session, event: Event, items: Sequence[AgendaItem], seen_at: datetime | None
) -> dict[str, Any] | None:
    """Return the survey of an event, or None."""
    with_all = selectinload(Survey.questions).selectinload(Question.choices)
    survey = session.scalar(select(Survey).options(with_all).where(Survey.event_id == event.id))
    if survey is None:
        return None
    by_id = {question.id: question for question in survey.questions}
    places = {item.id: place for place, item in enumerate(items)}
    entry = from_columns(survey, SURVEY) | {"translations": _translations(survey)}
    if survey.language == event.language:
        del entry["language"]
    # the themes and quotes of an anonymous survey stay here: they say of single answers what nobody needs elsewhere
    remarks = Remarks() if survey.anonymous else remarks_of(session, survey)
    entry["questions"] = [_question(one, by_id, places, remarks) for one in survey.questions]
    least = survey.least if seen_at else 0
    kept_back = seen_at is not None and survey.anonymous and not has_closed(survey, event, seen_at)
    return without_empty(entry | ({} if kept_back else sheet_entries(session, survey, least)))


def _question(
    question: Question, by_id: Mapping[int, Question], places: Mapping[int, int], remarks: Remarks
) -> dict[str, Any]:
    entry = from_columns(question, QUESTION)
    if question.kind not in STEPPED:
        entry = {key: value for key, value in entry.items() if key not in ("low", "high")}
    if question.kind == "section":
        entry = {key: value for key, value in entry.items() if key not in ("required", "min", "max")}
    options = [_option(one) for one in question.choices]
    entry["rows" if question.kind == "matrix" else "choices"] = options
    entry |= {"agenda_item": places.get(question.agenda_item_id), "translations": _translations(question)}
    entry |= {"themes": remarks.themes.get(question.id), "quotes": remarks.quotes.get(question.id)}
    other = by_id.get(question.shown_if_id)
    if other is not None and (value := _deciding(other, question.shown_if_value)) is not None:
        entry["shown_if"] = {"question": other.key, "is": value}
    return without_empty(entry)


def _option(choice: Choice) -> str | dict[str, Any]:
    """A choice or row: its text, or an object where there is more to tell."""
    entry = {key: value for key, value in from_columns(choice, CHOICE).items() if value is not False}
    if translations := _translations(choice):
        entry["translations"] = translations
    return choice.text if entry.keys() == {"text"} else entry


def _deciding(other: Question, value: Any) -> Any:
    """The value by which a question is shown, a choice by its index; None for a choice that is no more."""
    if other.kind not in CHOOSING:
        return value
    ids = [choice.id for choice in other.choices]
    return ids.index(value) if value in ids else None


def _translations(row: Survey | Question | Choice) -> dict[str, dict[str, str]]:
    found = {
        language: {column: words for column, words in said.items() if words}
        for language, said in (row.translations or {}).items()
    }
    return {language: said for language, said in found.items() if said}
