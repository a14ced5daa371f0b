"""A survey as the form that is filled in: what stands beside each question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.language import gettext as _
from app.surveys.answering import BY_PART, field_name, part_field, steps_of
from app.surveys.models import Question, Survey
from app.surveys.parts import parts_of, stamp
from app.surveys.wording import said
from app.surveys.words import limits_words, value_words
from app.web import Form


@dataclass(frozen=True)
class Note:
    """One question in the language of the moment: its number (None for a heading), its words, when it is asked at all,
    its limits, what can be chosen (a matrix's rows), its scale's steps, which choices ask for more.

    follows: the question whose answer decides stands right before, so that the page can hide this one by itself.
    stamp: what the form is made from (`parts.stamp`). conflict: what another window has kept meanwhile, in words.
    """

    number: int | None
    text: str
    help: str
    low: str
    high: str
    condition: str
    limits: str
    options: list[tuple[str, str]]
    steps: list[str]
    other: str | None
    triggers: frozenset[str]
    follows: bool
    saved: bool
    error: str | None
    stamp: str = ""
    conflict: str | None = None


def notes_of(survey: Survey, form: Form, saved: Mapping[int, Any], conflicts: Collection[int] = ()) -> dict[int, Note]:
    """Return the note of each question that is asked by its id; what is retired is asked of one who has it saved.
    conflicts: the questions of which the form shows another text than is saved."""
    by_id = {question.id: question for question in survey.questions}
    there = [question for question in survey.questions if not question.retired or question.id in saved]
    numbers = count(1)
    before: Question | None = None
    notes: dict[int, Note] = {}
    for question in there:
        parent = by_id.get(question.shown_if_id)
        notes[question.id] = Note(
            number=None if question.kind == "section" else next(numbers),
            text=said(question, "text"),
            help=said(question, "help"),
            low=said(question, "low"),
            high=said(question, "high"),
            condition=_condition(question, parent),
            limits=limits_words(question),
            options=options_of(question, saved.get(question.id)),
            steps=[str(step) for step in steps_of(question)],
            other=next((str(choice.id) for choice in question.choices if choice.open), None),
            triggers=_triggers(survey, question),
            follows=parent is not None and before is not None and parent.id in (before.id, before.shown_if_id),
            saved=question.id in saved,
            error=_error_of(question, form),
            stamp=stamp(saved.get(question.id)),
            conflict=kept_words(question, saved.get(question.id)) if question.id in conflicts else None,
        )
        before = question
    return notes


def kept_words(question: Question, value: Any) -> str:
    """Return what is kept of an answer in words, also where it was taken away."""
    return value_words(question, value) if value is not None else _("(no answer)")


def options_of(question: Question, held: Any = None) -> list[tuple[str, str]]:
    """Return what can be chosen, as values and words: choices by id, steps of a scale by their number, rows of a matrix
    by id. held: the person's answer, whose retired choices stay."""
    if question.kind == "scale":
        return [(str(step), str(step)) for step in steps_of(question)]
    kept = {part.part for part in parts_of(question.kind, held)} if held is not None else set()
    offered = [choice for choice in question.choices if not choice.retired or choice.id in kept]
    return [(str(choice.id), said(choice, "text")) for choice in offered]


def _condition(question: Question, parent: Question | None) -> str:
    if parent is None:
        return ""
    words = {"answer": value_words(parent, question.shown_if_value), "question": said(parent, "text")}
    return _("If you answered “%(answer)s” to “%(question)s”") % words


def _triggers(survey: Survey, question: Question) -> frozenset[str]:
    return frozenset(str(other.shown_if_value) for other in survey.questions if other.shown_if_id == question.id)


def _error_of(question: Question, form: Form) -> str | None:
    if question.kind not in BY_PART or not question.choices:
        return form.error(field_name(question.id))
    return form.error(part_field(question.id, question.choices[0].id))
