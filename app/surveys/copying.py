"""Copies questions from a template or another event's survey to the end of a survey."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.surveys.editing import free_key, make_room
from app.surveys.models import Choice, Question, Survey
from app.surveys.translating import rebased
from app.surveys.wording import CHOICE, QUESTION, SURVEY

SAME = ("kind", "required", "minimum", "maximum")  # columns that are copied as they are
TOLD = ("anonymous", "attribution", "background", "least")


@dataclass
class Copied:
    """What came of a copying: the new questions, and the texts of those that lost their condition, since what it
    depends on was not copied."""

    questions: list[Question] = field(default_factory=list)
    unconditional: list[str] = field(default_factory=list)


def copy_questions(session: Session, survey: Survey, source: Survey, chosen: Collection[int] | None = None) -> Copied:
    """Copy questions (all if none are chosen) with choices, translations, and the conditions among them. What is
    retired is not copied, nor which agenda item a question is about. Raises Invalid where there is no room."""
    wanted = [one for one in source.questions if not one.retired and (chosen is None or one.id in chosen)]
    make_room(survey, len(wanted), sum(len(_offered(question)) for question in wanted))
    copied, twins = Copied(), {}
    for original in wanted:
        question = _question(original, source.language, survey.language)
        question.key, question.position = free_key(survey), _next_position(survey)
        survey.questions.append(question)
        twins[original.id] = question
        copied.questions.append(question)
    session.flush()  # gives the new ones their keys, by which conditions name them
    for original in wanted:
        if original.shown_if_id is not None and not _condition(original, twins, source.questions):
            copied.unconditional.append(twins[original.id].text)
    session.flush()
    return copied


def copy_about(survey: Survey, source: Survey) -> None:
    """Take over title, introduction and what is promised, as a survey does that has nothing of its own yet."""
    texts, survey.translations = rebased(source, SURVEY, source.language, survey.language)
    for column, value in texts.items():
        setattr(survey, column, value)
    for column in TOLD:
        setattr(survey, column, getattr(source, column))


def _question(original: Question, own: str, wanted: str) -> Question:
    texts, translations = rebased(original, QUESTION, own, wanted)
    choices = [_choice(choice, place, own, wanted) for place, choice in enumerate(_offered(original))]
    same = {column: getattr(original, column) for column in SAME}
    return Question(choices=choices, retired=False, translations=translations, **texts, **same)


def _choice(original: Choice, place: int, own: str, wanted: str) -> Choice:
    texts, translations = rebased(original, CHOICE, own, wanted)
    return Choice(position=place, open=original.open, retired=False, translations=translations, **texts)


def _condition(original: Question, twins: Mapping[int, Question], questions: Sequence[Question]) -> bool:
    """Give a copy the condition of the original; False where what it depends on has no copy."""
    asked = twins.get(original.shown_if_id)
    if asked is None:
        return False
    before = next(one for one in questions if one.id == original.shown_if_id)
    value = _value(original.shown_if_value, before, asked)
    if value is None:
        return False
    copy = twins[original.id]
    copy.shown_if_id, copy.shown_if_value = asked.id, value
    return True


def _value(value: Any, before: Question, asked: Question) -> Any:
    if not before.choices:
        return value
    pairs = zip(_offered(before), asked.choices, strict=True)
    return next((copy.id for choice, copy in pairs if choice.id == value), None)


def _offered(question: Question) -> list[Choice]:
    return [choice for choice in question.choices if not choice.retired]


def _next_position(survey: Survey) -> int:
    return max((question.position for question in survey.questions), default=-1) + 1
