"""Begins, changes, orders and removes: a survey and its questions. What was answered stays what it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.errors import Invalid, Refused
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.surveys.choices import match_choices
from app.surveys.models import Answer, Choice, Question, Sheet, Survey


def begin_survey(session: Session, event: Event) -> Survey:
    """Return the event's survey, made if there is none; it has no questions yet."""
    hold(session, event.id)
    survey = session.scalar(select(Survey).where(Survey.event_id == event.id))
    if survey is None:
        survey = Survey(event_id=event.id, language=event.language, questions=[])
        session.add(survey)
        session.flush()
    return survey


def change_survey(session: Session, survey: Survey, values: dict[str, Any]) -> None:
    """Store a survey's changed columns. Raises Invalid where a promise would change that somebody has relied on."""
    promise = {name: values[name] for name in ("anonymous", "attribution")}
    changed = any(getattr(survey, name) != value for name, value in promise.items())
    if changed and is_answered(session, survey):
        sentence = _("Somebody has answered already. What was promised to them about their answers cannot be changed.")
        raise Invalid([("promise", sentence)])
    for name, value in values.items():
        setattr(survey, name, value)
    session.flush()


def add_question(session: Session, survey: Survey, values: dict[str, Any], choices: Sequence[str]) -> Question:
    """Store a new question at the end."""
    hold(session, survey.event_id)
    keys = {question.key for question in survey.questions}
    number = next(n for n in range(len(keys) + 1, 2 * len(keys) + 2) if f"q{n}" not in keys)
    position = max((question.position for question in survey.questions), default=-1) + 1
    rows = [Choice(position=place, text=text) for place, text in enumerate(choices)]
    question = Question(key=f"q{number}", position=position, choices=rows, **values)
    survey.questions.append(question)
    session.flush()
    return question


def change_question(session: Session, question: Question, values: dict[str, Any], choices: Sequence[str]) -> None:
    """Store a question's changed columns and choices. Raises Invalid where answers would change their meaning."""
    matched = match_choices([(choice.id, choice.text) for choice in question.choices], choices)
    kept = {id for id, _text in matched}
    answers = answers_to(session, question)
    if answers and values["kind"] != question.kind:
        raise Invalid([("kind", _("This question has been answered. Its kind cannot be changed any more."))])
    used = set(answers)
    for choice in question.choices:
        if choice.id not in kept and choice.id in used:
            sentence = _("“%(choice)s” has been chosen already. It cannot be removed any more.")
            raise Invalid([("choices", sentence % {"choice": choice.text})])
    for name, value in values.items():
        setattr(question, name, value)
    by_id = {choice.id: choice for choice in question.choices}
    _forget(session, question, [id for id in by_id if id not in kept])
    question.choices = [_placed(by_id.get(id), place, text) for place, (id, text) in enumerate(matched)]
    session.flush()


def move_question(session: Session, survey: Survey, question: Question, steps: int) -> None:
    """Move a question up (negative) or down by a number of places, not past the ends."""
    hold(session, survey.event_id)
    order = [other for other in survey.questions if other is not question]
    order.insert(max(survey.questions.index(question) + steps, 0), question)
    for place, other in enumerate(order):
        other.position = place
    survey.questions = order
    session.flush()


def remove_question(session: Session, survey: Survey, question: Question) -> None:
    """Delete a question that nobody has answered; others that waited for it are asked of all. Raises Refused."""
    if answers_to(session, question):
        raise Refused(_("This question has been answered. It cannot be removed any more."))
    for other in survey.questions:
        if other.shown_if_id == question.id:
            other.shown_if_id = other.shown_if_value = None
    session.flush()
    survey.questions.remove(question)
    session.flush()


def is_answered(session: Session, survey: Survey) -> bool:
    return bool(session.scalar(select(exists().where(Sheet.survey_id == survey.id))))


def answers_to(session: Session, question: Question) -> list[int]:
    """Return the parts of a question that have been answered: its choices or rows, 0 where it has none."""
    return list(session.scalars(select(Answer.part).where(Answer.question_id == question.id).distinct()))


def _forget(session: Session, question: Question, gone: Sequence[int]) -> None:
    for other in session.scalars(select(Question).where(Question.shown_if_id == question.id)):
        if other.shown_if_value in gone:
            other.shown_if_id = other.shown_if_value = None


def _placed(choice: Choice | None, place: int, text: str) -> Choice:
    if choice is None:
        return Choice(position=place, text=text)
    choice.position, choice.text = place, text
    return choice
