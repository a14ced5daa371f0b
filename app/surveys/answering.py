"""The rule of filling a survey in: what was posted, checked against the questions. Pure.

A field's name is its question's key of `field_name`; a ranking has one field a choice, whose value is the rank.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

CHOOSING = ("single_choice", "multiple_choice", "ranking")
LONGEST = {"text": 1_000, "long_text": 20_000}
SCALE = (1, 5)
WIDEST_SCALE = 11
FINNISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True)
class Asked:
    """A question as the rule needs it; choices are their ids, in order."""

    id: int
    kind: str
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[int, ...] = ()
    shown_if: int | None = None
    shown_if_value: Any = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer; code names the sentence, least and most its numbers."""

    question: int
    code: str
    least: float | None = None
    most: float | None = None


@dataclass
class Filled:
    """The answers by question, without those left empty or not shown; and what is wrong."""

    values: dict[int, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def field_name(question: int) -> str:
    return f"q{question}"


def rank_field(question: int, choice: int) -> str:
    return f"q{question}-{choice}"


def scale_of(question: Asked) -> tuple[int, int]:
    """Return the ends of a scale: 1 to 5 unless told, never wider than eleven steps."""
    low = SCALE[0] if question.minimum is None else int(question.minimum)
    high = SCALE[1] if question.maximum is None else int(question.maximum)
    return low, max(low, min(high, low + WIDEST_SCALE - 1))


def fill(questions: Sequence[Asked], posted: Mapping[str, Sequence[str]]) -> Filled:
    """Return what a person has answered. An answer to a question that their other answers hide is dropped unseen."""
    read = {question.id: _read(question, posted) for question in questions}
    values = {id: value for id, value in read.items() if value is not None and not isinstance(value, Problem)}
    filled = Filled()
    for question in shown(questions, values):
        value = read[question.id]
        if isinstance(value, Problem):
            filled.problems.append(value)
        elif value is not None:
            filled.values[question.id] = value
        elif question.required:
            filled.problems.append(Problem(question.id, "required"))
    return filled


def shown(questions: Sequence[Asked], values: Mapping[int, Any]) -> list[Asked]:
    """Return the questions that a person with these answers sees, in order."""
    by_id = {question.id: question for question in questions}
    return [question for question in questions if _is_shown(question, by_id, values, frozenset())]


def _is_shown(question: Asked, by_id: Mapping[int, Asked], values: Mapping[int, Any], above: frozenset[int]) -> bool:
    if question.shown_if is None:
        return True
    parent = by_id.get(question.shown_if)
    if parent is None or parent.id in above or not _is_shown(parent, by_id, values, above | {question.id}):
        return False
    value = values.get(parent.id)
    return question.shown_if_value in value if isinstance(value, list) else value == question.shown_if_value


def _read(question: Asked, posted: Mapping[str, Sequence[str]]) -> Any:
    """Return the value, None where nothing was answered, or the Problem."""
    if question.kind == "ranking":
        return _ranking(question, posted)
    given = [text.strip() for text in posted.get(field_name(question.id), ()) if text.strip()]
    if not given:
        return None
    if question.kind == "multiple_choice":
        return _several(question, given)
    return READERS[question.kind](question, given[0])


def _text(question: Asked, text: str) -> str | Problem:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    least, most = question.minimum or 0, question.maximum or LONGEST[question.kind]
    if not least <= len(text) <= most:
        return Problem(question.id, "too_short" if len(text) < least else "too_long", least, most)
    return text


def _choice(question: Asked, text: str) -> int | Problem:
    chosen = _whole(text)
    return chosen if chosen in question.choices else Problem(question.id, "no_such_choice")


def _several(question: Asked, given: Sequence[str]) -> list[int] | Problem:
    chosen = {_whole(text) for text in given}
    if not chosen <= set(question.choices):
        return Problem(question.id, "no_such_choice")
    return _counted(question, [choice for choice in question.choices if choice in chosen])


def _ranking(question: Asked, posted: Mapping[str, Sequence[str]]) -> list[int] | Problem | None:
    ranks: dict[int, int] = {}
    for choice in question.choices:
        text = next((text.strip() for text in posted.get(rank_field(question.id, choice), ()) if text.strip()), "")
        if not text:
            continue
        rank = _whole(text)
        if rank is None or not 1 <= rank <= len(question.choices):
            return Problem(question.id, "no_such_rank", 1, len(question.choices))
        if rank in ranks:
            return Problem(question.id, "same_rank", rank)
        ranks[rank] = choice
    return _counted(question, [ranks[rank] for rank in sorted(ranks)]) if ranks else None


def _counted(question: Asked, chosen: list[int]) -> list[int] | Problem:
    least, most = question.minimum or 0, question.maximum or math.inf
    if len(chosen) < least:
        return Problem(question.id, "too_few", least, most)
    return chosen if len(chosen) <= most else Problem(question.id, "too_many", least, most)


def _scale(question: Asked, text: str) -> int | Problem:
    low, high = scale_of(question)
    value = _whole(text)
    return value if value is not None and low <= value <= high else Problem(question.id, "out_of_range", low, high)


def _number(question: Asked, text: str) -> int | float | Problem:
    plain = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", plain, re.ASCII):
        return Problem(question.id, "no_number")
    value = float(plain) if "." in plain else int(plain)
    least = -math.inf if question.minimum is None else question.minimum
    most = math.inf if question.maximum is None else question.maximum
    return value if least <= value <= most else Problem(question.id, "out_of_range", question.minimum, question.maximum)


def _date(question: Asked, text: str) -> str | Problem:
    finnish = FINNISH_DATE.fullmatch(text)
    try:
        day, month, year = (int(part) for part in finnish.groups()) if finnish else (0, 0, 0)
        return (date(year, month, day) if finnish else date.fromisoformat(text)).isoformat()
    except ValueError:
        return Problem(question.id, "no_date")


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None


READERS = {
    "text": _text,
    "long_text": _text,
    "single_choice": _choice,
    "scale": _scale,
    "number": _number,
    "date": _date,
}
