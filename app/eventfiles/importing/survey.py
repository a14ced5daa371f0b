"""Brings in the survey and its answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.eventfiles.columns import QUESTION, SURVEY, filled
from app.eventfiles.importing.book import Book
from app.events.models import Event
from app.surveys.answering import CHOOSING
from app.surveys.models import Answer, Choice, Question, Sheet, Survey
from app.surveys.parts import Part, parts_of


def add_survey(
    session: Session, event: Event, entry: Mapping[str, Any], items: Sequence[AgendaItem], book: Book
) -> None:
    survey = Survey(event_id=event.id, language=event.language, **filled(entry, SURVEY))
    entries = entry.get("questions") or ()
    survey.questions = [_question(position, one, items) for position, one in enumerate(entries)]
    session.add(survey)
    session.flush()
    by_key = {question.key: question for question in survey.questions}
    for question, one in zip(survey.questions, entries, strict=True):
        if one.get("shown_if"):
            other = by_key[one["shown_if"]["question"]]
            question.shown_if_id = other.id
            question.shown_if_value = _stored(other, one["shown_if"]["is"], single=True)
    _add_answers(session, survey, entry.get("answers") or (), by_key, book)


def _question(position: int, entry: Mapping[str, Any], items: Sequence[AgendaItem]) -> Question:
    question = Question(position=position, **filled(entry, QUESTION))
    question.choices = [Choice(position=place, text=text) for place, text in enumerate(entry.get("choices") or ())]
    item = entry.get("agenda_item")
    if isinstance(item, str):
        question.agenda_item_id = next(one.id for one in items if one.title == item)
    elif item is not None:
        question.agenda_item_id = items[item].id
    return question


def _stored(question: Question, value: Any, *, single: bool = False) -> Any:
    """A value as the database has it: choices by their ids."""
    if question.kind not in CHOOSING:
        return value
    if single or question.kind == "single_choice":
        return question.choices[value].id
    return [question.choices[index].id for index in value]


def _parts(question: Question, value: Any) -> list[Part]:
    """The rows that keep an answer; several choices in the file's own order keep it, to be exported as they were."""
    parts = parts_of(question.kind, _stored(question, value))
    if question.kind == "multiple_choice" and value != sorted(value):
        return [part._replace(number=place) for place, part in enumerate(parts)]
    return parts


def _add_answers(
    session: Session, survey: Survey, entries: Sequence[Mapping[str, Any]], by_key: Mapping[str, Question], book: Book
) -> None:
    # ids are all the order there is: that of the file where answers are named, and none where they are anonymous
    ids = [secrets.token_hex(16) for _entry in entries]
    sheets = [
        (Sheet(id=id, survey_id=survey.id, person_id=book.person_id(entry.get("person"))), entry)
        for id, entry in zip(ids if survey.anonymous else sorted(ids), entries, strict=True)
    ]
    sheets.sort(key=lambda pair: pair[0].id)
    session.add_all(sheet for sheet, _entry in sheets)
    session.flush()
    session.add_all(
        Answer(sheet_id=sheet.id, question_id=by_key[key].id, **part._asdict())
        for sheet, entry in sheets
        for key, value in entry.items()
        if key != "person" and value is not None
        for part in _parts(by_key[key], value)
    )
    session.flush()
