"""A survey as the form that is filled in: what stands beside each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.language import gettext as _
from app.surveys.answering import BY_PART, Asked, field_name, part_field, scale_of
from app.surveys.models import Question, Survey
from app.surveys.words import limits_words, value_words
from app.web import Form


@dataclass(frozen=True)
class Note:
    """Beside one question: when it is asked at all, its limits, what can be chosen, which of that asks for more.

    follows: the question whose answer decides stands right before, so that the page can hide this one by itself.
    """

    condition: str
    limits: str
    options: list[tuple[str, str]]
    triggers: frozenset[str]
    follows: bool
    saved: bool
    error: str | None


def notes_of(survey: Survey, form: Form, saved: Mapping[int, Any]) -> dict[int, Note]:
    """Return the note of each question by its id."""
    by_id = {question.id: question for question in survey.questions}
    before: Question | None = None
    notes: dict[int, Note] = {}
    for question in survey.questions:
        parent = by_id.get(question.shown_if_id)
        notes[question.id] = Note(
            condition=_condition(question, parent),
            limits=limits_words(question),
            options=options_of(question),
            triggers=_triggers(survey, question),
            follows=parent is not None and before is not None and parent.id in (before.id, before.shown_if_id),
            saved=question.id in saved,
            error=_error_of(question, form),
        )
        before = question
    return notes


def options_of(question: Question) -> list[tuple[str, str]]:
    """Return what can be chosen, as values and words: choices by id, steps of a scale by their number."""
    if question.kind in ("scale", "matrix"):
        low, high = scale_of(Asked(question.id, question.kind, minimum=question.minimum, maximum=question.maximum))
        return [(str(step), str(step)) for step in range(low, high + 1)]
    return [(str(choice.id), choice.text) for choice in question.choices]


def _condition(question: Question, parent: Question | None) -> str:
    if parent is None:
        return ""
    words = {"answer": value_words(parent, question.shown_if_value), "question": parent.text}
    return _("If you answered “%(answer)s” to “%(question)s”") % words


def _triggers(survey: Survey, question: Question) -> frozenset[str]:
    return frozenset(str(other.shown_if_value) for other in survey.questions if other.shown_if_id == question.id)


def _error_of(question: Question, form: Form) -> str | None:
    if question.kind not in BY_PART or not question.choices:
        return form.error(field_name(question.id))
    return form.error(part_field(question.id, question.choices[0].id))
