"""After which answers a question is asked: what can be chosen in the builder, and how it is said there.

The builder speaks the survey's own language, in which it is edited; whoever answers reads `app/surveys/wording.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.language import gettext as _
from app.surveys.answering import steps_of
from app.surveys.models import Question, Survey

DECIDING = ("single_choice", "multiple_choice", "scale")


def conditions(survey: Survey, stored: Question | None = None) -> list[tuple[str, str]]:
    """Return as (value, words) after which answers a question can be asked: those to choices and scales before it."""
    before = survey.questions if stored is None else survey.questions[: survey.questions.index(stored)]
    found = [
        (f"{question.id}:{value}", answer_words(question, value))
        for question in before
        if question.kind in DECIDING and not question.retired
        for value in _values(question)
    ]
    current = condition_value(stored) if stored is not None else ""
    if current and current not in dict(found):
        found.append((current, condition_words(survey.questions, stored) or _("As the event file says")))
    return [("", _("Everybody is asked")), *found]


def condition_value(question: Question) -> str:
    """Return a question's condition as the value of its field; nothing where there is none."""
    return f"{question.shown_if_id}:{question.shown_if_value}" if question.shown_if_id else ""


def condition_columns(chosen: str | None, stored: Question | None) -> dict[str, Any]:
    """Return the columns of a condition that was chosen of `conditions`."""
    if not chosen:
        return {"shown_if_id": None, "shown_if_value": None}
    if stored is not None and chosen == condition_value(stored):
        return {"shown_if_id": stored.shown_if_id, "shown_if_value": stored.shown_if_value}
    question, value = chosen.split(":", 1)
    return {"shown_if_id": int(question), "shown_if_value": int(value)}


def condition_words(questions: Sequence[Question], question: Question) -> str:
    """Return after which answer a question is asked, in the survey's own words; nothing where everybody is asked."""
    asked = next((one for one in questions if one.id == question.shown_if_id), None)
    return answer_words(asked, question.shown_if_value) if asked is not None else ""


def answer_words(question: Question, value: Any) -> str:
    texts: Mapping[Any, str] = {choice.id: choice.text for choice in question.choices}
    return _("“%(answer)s” to “%(question)s”") % {"answer": texts.get(value, value), "question": question.text}


def _values(question: Question) -> list[int]:
    if question.kind == "scale":
        return steps_of(question)
    return [choice.id for choice in question.choices if not choice.retired]
