"""The rule of filling a survey in: what was posted, checked against the questions. Pure.

A field's name is its question's key of `field_name`; a ranking and a matrix have one field a choice or row, whose
value is the rank or the step; an open choice has one for its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.surveys.parts import Other, choice_of

CHOOSING = ("single_choice", "multiple_choice", "ranking")
BY_PART = ("ranking", "matrix")
STEPPED = ("scale", "matrix")
LONGEST = {"text": 1_000, "long_text": 100_000}
SCALE = (1, 5)
WIDEST_SCALE = 11
FINNISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Scaled(Protocol):
    """What is known of a question's scale."""

    kind: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True)
class Asked:
    """A question as the rule needs it; choices are their ids, in order, open the one with words of its own.

    within: the section that it stands in, whose condition holds for it too.
    """

    id: int
    kind: str
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[int, ...] = ()
    shown_if: int | None = None
    shown_if_value: Any = None
    open: int | None = None
    within: int | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer; code names the sentence, least and most its numbers."""

    question: int
    code: str
    least: float | None = None
    most: float | None = None


def field_name(question: int) -> str:
    return f"q{question}"


def part_field(question: int, choice: int) -> str:
    """The field of a choice's rank, or of a row's step."""
    return f"q{question}-{choice}"


def other_field(question: int) -> str:
    """The field of an open choice's words."""
    return f"q{question}-other"


def stamp_field(question: int) -> str:
    """The hidden field that says what a form's answer was made from (`parts.stamp`)."""
    return f"q{question}-stamp"


def steps_of(question: Scaled) -> list[int]:
    """Return the steps of a scale, or of a matrix's rows; none of another kind."""
    if question.kind not in STEPPED:
        return []
    low, high = scale_of(question)
    return list(range(low, high + 1))


def scale_of(question: Scaled) -> tuple[int, int]:
    """Return the ends of a scale: 1 to 5 unless told, never wider than eleven steps."""
    low = SCALE[0] if question.minimum is None else int(question.minimum)
    high = SCALE[1] if question.maximum is None else int(question.maximum)
    return low, max(low, min(high, low + WIDEST_SCALE - 1))


def lacking(question: Asked, value: Any) -> Problem | None:
    """Return what an answer still lacks before it can be sent, though it is kept as it is while it is written."""
    if value is None:
        return Problem(question.id, "required") if question.required else None
    least, most = question.minimum or 0, question.maximum
    if question.kind in LONGEST and len(value) < least:
        return Problem(question.id, "too_short", least, most or LONGEST[question.kind])
    if question.kind in ("multiple_choice", "ranking") and len(value) < least:
        return Problem(question.id, "too_few", least, most or math.inf)
    if question.kind == "matrix" and question.required and len(value) < len(question.choices):
        return Problem(question.id, "rows_missing", len(value), len(question.choices))
    return None


def shown(questions: Sequence[Asked], values: Mapping[int, Any]) -> list[Asked]:
    """Return the questions that a person with these answers sees, in order."""
    by_id = {question.id: question for question in questions}
    known: dict[int, bool] = {}
    seen = [question for question in questions if _is_shown(question, by_id, values, known)]
    return [question for question in seen if question.kind != "section"]


def _is_shown(question: Asked, by_id: Mapping[int, Asked], values: Mapping[int, Any], known: dict[int, bool]) -> bool:
    """known: what has been found of questions; of one that is being looked at, that it is not, which ends a circle.
    Without it a chain of conditions, each under a heading with the same, takes twice as long with every link."""
    if question.id not in known:
        known[question.id] = False
        known[question.id] = _has_its_reasons(question, by_id, values, known)
    return known[question.id]


def _has_its_reasons(
    question: Asked, by_id: Mapping[int, Asked], values: Mapping[int, Any], known: dict[int, bool]
) -> bool:
    for other in (question.within, question.shown_if):
        if other is not None and not (other in by_id and _is_shown(by_id[other], by_id, values, known)):
            return False
    return question.shown_if is None or _is_so(values.get(question.shown_if), question.shown_if_value)


def _is_so(value: Any, wanted: Any) -> bool:
    return wanted in [choice_of(one) for one in (value if isinstance(value, list) else [value])]


def read_one(question: Asked, posted: Mapping[str, Sequence[str]]) -> Any:
    """Return the posted value of one question, None where nothing was answered, or the Problem."""
    if question.kind == "section":
        return None
    if question.kind == "ranking":
        return _ranking(question, posted)
    if question.kind == "matrix":
        return _matrix(question, posted)
    given = [text.strip() for text in posted.get(field_name(question.id), ()) if text.strip()]
    if question.kind in ("single_choice", "multiple_choice"):
        return _chosen(question, given, posted)
    return READERS[question.kind](question, given[0]) if given else None


def _text(question: Asked, text: str) -> str | Problem:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    most = question.maximum or LONGEST[question.kind]
    return text if len(text) <= most else Problem(question.id, "too_long", question.minimum or 0, most)


def _chosen(question: Asked, given: Sequence[str], posted: Mapping[str, Sequence[str]]) -> Any:
    chosen = {_whole(text) for text in given}
    words = next((text.strip() for text in posted.get(other_field(question.id), ()) if text.strip()), "")
    several = question.kind == "multiple_choice"
    if words and question.open is not None and (several or not chosen):
        chosen.add(question.open)  # who writes what the other is has chosen it
    if not chosen:
        return None
    if not chosen <= set(question.choices) or not (several or len(chosen) == 1):
        return Problem(question.id, "no_such_choice")
    if question.open in chosen and len(words) > LONGEST["text"]:
        return Problem(question.id, "too_long", 0, LONGEST["text"])
    found = [Other(id, words) if id == question.open and words else id for id in question.choices if id in chosen]
    return _counted(question, found) if several else found[0]


def _matrix(question: Asked, posted: Mapping[str, Sequence[str]]) -> dict[int, int] | Problem | None:
    steps: dict[int, int] = {}
    for row in question.choices:
        text = next((text.strip() for text in posted.get(part_field(question.id, row), ()) if text.strip()), "")
        step = _scale(question, text) if text else None
        if isinstance(step, Problem):
            return step
        if step is not None:
            steps[row] = step
    return steps or None


def _ranking(question: Asked, posted: Mapping[str, Sequence[str]]) -> list[int] | Problem | None:
    ranks: dict[int, int] = {}
    for choice in question.choices:
        text = next((text.strip() for text in posted.get(part_field(question.id, choice), ()) if text.strip()), "")
        if not text:
            continue
        rank = _whole(text)
        if rank is None or not 1 <= rank <= len(question.choices):
            return Problem(question.id, "no_such_rank", 1, len(question.choices))
        if rank in ranks:
            return Problem(question.id, "same_rank", rank)
        ranks[rank] = choice
    return _counted(question, [ranks[rank] for rank in sorted(ranks)]) if ranks else None


def _counted(question: Asked, chosen: list[Any]) -> list[Any] | Problem:
    most = question.maximum or math.inf
    return chosen if len(chosen) <= most else Problem(question.id, "too_many", question.minimum or 0, most)


def _scale(question: Asked, text: str) -> int | Problem:
    low, high = scale_of(question)
    value = _whole(text)
    return value if value is not None and low <= value <= high else Problem(question.id, "out_of_range", low, high)


def _number(question: Asked, text: str) -> int | float | Problem:
    plain = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", plain, re.ASCII):
        return Problem(question.id, "no_number")
    value = float(plain) if "." in plain else int(plain)
    value = int(value) if value == int(value) else value
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
    "scale": _scale,
    "number": _number,
    "date": _date,
}
