"""Begins and changes a survey and its questions. What was answered keeps its meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.surveys.answering import CHOOSING, steps_of
from app.surveys.choices import Wanted
from app.surveys.models import Choice, Question, Survey
from app.surveys.narrowing import narrowed
from app.surveys.ordering import place_at_end
from app.surveys.sheets import begun
from app.surveys.usage import Used, hold_question, use_of

MOST_QUESTIONS = 100
MOST_OPTIONS_IN_ALL = 1_000  # so that one form holds all their translations (app/web.py MOST_FIELDS)
PROMISE = ("anonymous", "attribution", "background", "least")


def begin_survey(session: Session, event: Event) -> Survey:
    """Return the event's survey, made if there is none; it has no questions yet."""
    hold(session, event.id)
    survey = session.scalar(select(Survey).where(Survey.event_id == event.id))
    if survey is None:
        survey = Survey(event_id=event.id, language=event.language, translations={}, questions=[])
        session.add(survey)
        session.flush()
    return survey


def change_survey(session: Session, survey: Survey, values: dict[str, Any]) -> None:
    """Store a survey's changed columns. Raises Invalid where a promise would change that somebody has relied on."""
    changed = any(getattr(survey, name) != values[name] for name in PROMISE if name in values)
    if changed and begun(session, survey.id):
        sentence = _("Somebody has answered already. What was promised to them about their answers cannot be changed.")
        raise Invalid([("promise", sentence)])
    for name, value in values.items():
        setattr(survey, name, value)
    session.flush()


def add_question(
    session: Session, survey: Survey, values: dict[str, Any], choices: Sequence[Wanted], section: Question | None = None
) -> Question:
    """Store a new question at the end of a section, or of all. Raises Invalid where it would stand before the question
    whose answer it waits for, or where there is no room."""
    make_room(survey, 1, len(choices))
    rows = [_chosen(None, place, wanted) for place, wanted in enumerate(choices)]
    question = Question(key=free_key(survey), choices=rows, retired=False, translations={}, **values)
    place_at_end(survey, question, section)
    session.flush()
    return question


def change_question(
    session: Session, survey: Survey, question: Question, values: dict[str, Any], choices: Sequence[Wanted]
) -> None:
    """Store a question's changed columns and choices. Raises Invalid where answers would change their meaning."""
    hold_question(session, question)
    make_room(survey, 0, len(choices) - len(question.choices))
    use = use_of(session, survey, question)
    if problems := _broken(session, survey, question, values, use):
        raise Invalid(problems)
    kept = {wanted.id for wanted in choices}
    for choice in question.choices:
        if choice.id not in kept and choice.id in use.choices:
            sentence = _("“%(choice)s” has been chosen already. It cannot be removed any more, but it can be retired.")
            raise Invalid([("choices", sentence % {"choice": choice.text})])
    before = question.kind
    for name, value in values.items():
        setattr(question, name, value)
    by_id = {choice.id: choice for choice in question.choices}
    _forget(survey, question, kept, before)
    question.choices = [_chosen(by_id.get(wanted.id), place, wanted) for place, wanted in enumerate(choices)]
    session.flush()


def free_key(survey: Survey) -> str:
    """Return a key that no question of the survey has."""
    keys = {question.key for question in survey.questions}
    return next(f"q{n}" for n in range(len(keys) + 1, 2 * len(keys) + 2) if f"q{n}" not in keys)


def make_room(survey: Survey, questions: int, options: int) -> None:
    """Raise Invalid where a survey would have more than a person can answer, or a form can hold."""
    if questions > 0 and len(survey.questions) + questions > MOST_QUESTIONS:
        raise Invalid([("text", _("There may be at most %(most)s questions.") % {"most": MOST_QUESTIONS})])
    held = sum(len(question.choices) for question in survey.questions)
    if options > 0 and held + options > MOST_OPTIONS_IN_ALL:
        sentence = _("There may be at most %(most)s options in the whole survey.") % {"most": MOST_OPTIONS_IN_ALL}
        raise Invalid([("choices", sentence)])


def _broken(
    session: Session, survey: Survey, question: Question, values: dict[str, Any], use: Used
) -> list[tuple[str, str]]:
    if not use.answered:
        return []
    if values["kind"] != question.kind:
        return [("kind", _("This question has been answered. Its kind cannot be changed any more."))]
    if question.kind in ("scale", "matrix"):
        sentence = _("This question has been answered. The ends of its scale cannot be changed any more.")
        return [(name, sentence) for name in ("minimum", "maximum") if getattr(question, name) != values[name]]
    return narrowed(session, survey, question, values)


def _forget(survey: Survey, question: Question, kept: Collection[int | None], before: str) -> None:
    """Ask everybody what waited for an answer that nobody can give any more: a choice that is gone, a step beyond the
    scale's ends, an answer of another kind. kept: the choices that stay; before: the kind that the question had."""
    for other in survey.questions:
        if other.shown_if_id == question.id and not _can_be(question, other.shown_if_value, kept, before):
            other.shown_if_id = other.shown_if_value = None


def _can_be(question: Question, value: Any, kept: Collection[int | None], before: str) -> bool:
    if question.kind in CHOOSING:
        return before in CHOOSING and value in kept
    return question.kind == before and (question.kind != "scale" or value in steps_of(question))


def _chosen(choice: Choice | None, place: int, wanted: Wanted) -> Choice:
    if choice is None:
        return Choice(position=place, text=wanted.text, open=wanted.open, retired=wanted.retired, translations={})
    choice.position, choice.text, choice.retired = place, wanted.text, wanted.retired
    return choice
