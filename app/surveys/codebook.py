"""The answers of a named survey, one row a sheet, and the code book that says what their columns and values mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.language import gettext as _
from app.spreadsheet import Cell, Table
from app.surveys.answering import steps_of
from app.surveys.figures import counts
from app.surveys.models import Answer, Choice, Question, Sheet, Survey
from app.surveys.parts import Part
from app.surveys.tally import choice_words
from app.surveys.texts import whose_answers
from app.surveys.wording import said
from app.surveys.words import kinds

Parts = Mapping[int, Part]  # a question's rows of one sheet by part
Values = list[tuple[Cell, str]]


@dataclass(frozen=True)
class Variable:
    """A column: its short name, the question, what it is of it, what its values mean, what it takes from a sheet."""

    name: str
    question: Question
    of: str
    values: Values
    take: Callable[[Parts], Cell]


@dataclass
class Row:
    """One sheet: whose, as was declared before answering, and its answers by question and part."""

    whose: str | None
    sent: bool
    place: int
    answers: dict[int, dict[int, Part]] = field(default_factory=lambda: defaultdict(dict))


def variables(survey: Survey) -> list[Variable]:
    """Return the columns of all questions, in order."""
    return [variable for question in survey.questions for variable in _variables(question)]


def answers_table(session: Session, survey: Survey, event: Event, closed: bool) -> Table:
    """Return one row for each sheet that counts. Of an anonymous survey there is no such table: raises ValueError."""
    if survey.anonymous:
        raise ValueError("an anonymous survey gives out no sheets")
    whose = _("Name") if survey.attribution == "person" else _("Represents")
    columns: list[tuple[str, Callable[[Row], Cell]]] = [(whose, lambda row: row.whose), (_("Sent"), lambda r: r.sent)]
    for variable in variables(survey):
        columns.append((variable.name, lambda row, one=variable: one.take(row.answers.get(one.question.id, {}))))
    name = _("Answers to the survey")
    return Table(f"{name} – {event.title}", columns, _rows(session, survey, event, closed))


def codebook(survey: Survey, event: Event) -> Table:
    """Return what each column and each value of the answers means."""
    words = kinds()
    columns = [
        (_("Column"), lambda line: line[0].name),
        (_("Question"), lambda line: said(line[0].question, "text")),
        (_("About"), lambda line: line[0].of),
        (_("Kind"), lambda line: words[line[0].question.kind]),
        (_("Value"), lambda line: line[1]),
        (_("Means"), lambda line: line[2]),
    ]
    lines = [
        (variable, value, meaning)
        for variable in variables(survey)
        for value, meaning in variable.values or [(None, "")]
    ]
    name = _("Code book")
    return Table(f"{name} – {event.title}", columns, lines)


def _rows(session: Session, survey: Survey, event: Event, closed: bool) -> Iterator[Row]:
    sheets = session.execute(select(Sheet.id, Sheet.person_id, Sheet.sent).where(counts(survey, closed))).all()
    whose = whose_answers(session, survey, event, [sheet.person_id for sheet in sheets])
    rows: dict[str, Row] = {}
    for sheet in sheets:
        place, name = whose.get(sheet.person_id, (len(whose), None))
        rows[sheet.id] = Row(name, sheet.sent, place)
    columns = Answer.sheet_id, Answer.question_id, Answer.part, Answer.number, Answer.text
    query = select(*columns).join(Sheet, Sheet.id == Answer.sheet_id).where(counts(survey, closed))
    for sheet, question, part, number, text in session.execute(query):
        rows[sheet].answers[question][part] = Part(part, number, text)
    return iter(sorted(rows.values(), key=lambda row: row.place))


def _variables(question: Question) -> Iterator[Variable]:
    key, kind, choices = question.key, question.kind, question.choices
    if kind == "section":
        return
    if kind in ("multiple_choice", "matrix", "ranking"):
        for number, choice in enumerate(choices, 1):
            take = _taker(kind, choice.id)
            yield Variable(f"{key}_{number}", question, choice_words(choice), _part_values(question), take)
    else:
        numbers = {choice.id: number for number, choice in enumerate(choices, 1)}
        yield Variable(key, question, "", _values(question), lambda parts: _value(kind, parts, numbers))
    for choice in choices:
        if choice.open and kind in ("single_choice", "multiple_choice"):
            yield Variable(f"{key}_other", question, _other(choice), [], lambda parts, id=choice.id: _words(parts, id))


def _other(choice: Choice) -> str:
    return _("%(choice)s: in their own words") % {"choice": choice_words(choice)}


def _taker(kind: str, choice: int) -> Callable[[Parts], Cell]:
    if kind == "multiple_choice":
        return lambda parts: int(choice in parts) if parts else None
    return lambda parts: parts[choice].number if choice in parts else None


def _part_values(question: Question) -> Values:
    if question.kind == "multiple_choice":
        return [(1, _("chosen")), (0, _("not chosen"))]
    if question.kind == "ranking":
        return [(1, _("the most important"))]
    return _steps(question)


def _values(question: Question) -> Values:
    if question.kind == "single_choice":
        return [(number, choice_words(choice)) for number, choice in enumerate(question.choices, 1)]
    return _steps(question) if question.kind == "scale" else []


def _steps(question: Question) -> Values:
    steps = steps_of(question)
    ends = {steps[0]: said(question, "low"), steps[-1]: said(question, "high")}
    return [(step, ends.get(step, "")) for step in steps]


def _value(kind: str, parts: Parts, numbers: Mapping[int, int]) -> Any:
    if not parts:
        return None
    if kind == "single_choice":
        return numbers.get(next(iter(parts)))
    one = parts[0]
    if kind == "date":
        return date.fromisoformat(one.text)
    return one.number if kind in ("scale", "number") else one.text


def _words(parts: Parts, choice: int) -> str | None:
    return parts[choice].text if choice in parts else None
