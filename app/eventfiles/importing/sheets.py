"""Brings in the answers to a survey, and what the secretariat has noted of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.eventfiles.classes import class_of
from app.eventfiles.importing.book import Book
from app.eventfiles.survey_answers import index_of
from app.surveys.answering import CHOOSING
from app.surveys.models import Answer, AnswerTheme, Question, Quote, Sheet, Survey, ThemedAnswer
from app.surveys.parts import Other, Part, parts_of


def add_sheets(
    session: Session, survey: Survey, entry: Mapping[str, Any], by_key: Mapping[str, Question], book: Book
) -> dict[int, list[Answer]]:
    """Add the sheets, those sent and those begun; return the answers of each person."""
    sent = entry.get("answers") or ()
    sheets = [*sent, *(entry.get("begun") or ())]
    # ids are all the order there is: that of the file where answers are named, and none where they are anonymous
    ids = [secrets.token_hex(16) for _sheet in sheets]
    rows = [
        _sheet(id, survey, one, book, sent=place < len(sent))
        for place, (id, one) in enumerate(zip(ids if survey.anonymous else sorted(ids), sheets, strict=True))
    ]
    pairs = sorted(zip(rows, sheets, strict=True), key=lambda pair: pair[0].id)
    session.add_all(row for row, _one in pairs)
    session.flush()
    answers = {row.id: list(_answers(row, one, by_key)) for row, one in pairs}
    session.add_all(answer for row, _one in pairs for answer in answers[row.id])
    session.flush()
    return {row.person_id: answers[row.id] for row in rows if row.person_id is not None}


def add_remarks(
    session: Session,
    entries: Sequence[Mapping[str, Any]],
    answers: Mapping[int, Sequence[Answer]],
    by_key: Mapping[str, Question],
    book: Book,
) -> None:
    """Add the themes of written answers, and which of these are quoted; answers are those of each person."""
    for entry in entries:
        question = by_key[entry["key"]]
        for place, one in enumerate(entry.get("themes") or ()):
            theme = AnswerTheme(question_id=question.id, position=place, title=one["title"])
            session.add(theme)
            session.flush()
            keys = [_written(question, answers[book.person(who).id]) for who in one.get("answers") or ()]
            session.add_all(ThemedAnswer(theme_id=theme.id, **key) for key in keys)
        keys = [_written(question, answers[book.person(who).id]) for who in entry.get("quotes") or ()]
        session.add_all(Quote(**key) for key in keys)
    session.flush()


def stored_value(question: Question, value: Any) -> Any:
    """Return a value of an event file as the database has it: choices and rows by their ids."""
    if question.kind == "matrix":
        return {row.id: step for row, step in zip(question.choices, value, strict=True) if step is not None}
    if question.kind not in CHOOSING:
        return value
    return [_chosen(question, one) for one in value] if isinstance(value, list) else _chosen(question, value)


def _sheet(id: str, survey: Survey, entry: Mapping[str, Any], book: Book, *, sent: bool) -> Sheet:
    row = Sheet(id=id, survey_id=survey.id, sent=sent, person_id=book.person_id(entry.get("person")))
    name = entry.get("background") if survey.background != "none" else None
    if name and survey.background == "group":
        row.background = class_of("group", book.groups[book.names.group(name)])
    elif name:
        row.background = class_of("organisation", book.organisation_id(name))
    return row


def _answers(sheet: Sheet, entry: Mapping[str, Any], by_key: Mapping[str, Question]) -> list[Answer]:
    return [
        Answer(sheet_id=sheet.id, question_id=question.id, **part._asdict())
        for key, question in by_key.items()
        if entry.get(key) is not None
        for part in _parts(question, entry[key])
    ]


def _parts(question: Question, value: Any) -> list[Part]:
    """The rows that keep an answer; several choices in the file's own order keep it, to be exported as they were."""
    parts = parts_of(question.kind, stored_value(question, value))
    indices = [index_of(one) for one in value] if question.kind == "multiple_choice" else []
    if indices != sorted(indices):
        return [part._replace(number=place) for place, part in enumerate(parts)]
    return parts


def _chosen(question: Question, one: int | Mapping[str, Any]) -> int | Other:
    choice = question.choices[index_of(one)].id
    return Other(choice, one["text"]) if isinstance(one, dict) else choice


def _written(question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
    """The key of what a person has written to a question."""
    found = next(one for one in answers if one.question_id == question.id and one.text is not None)
    return {"sheet_id": found.sheet_id, "question_id": question.id, "part": found.part}
