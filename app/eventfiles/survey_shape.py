"""The survey of an event file: what an answer may be follows from its question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.eventfiles.kinds import (
    BAD,
    Choice,
    Clock,
    Day,
    Flag,
    Kind,
    Many,
    Number,
    Reader,
    Text,
    Thing,
    Whole,
    each,
    line,
    under,
)  # fmt: skip
from app.eventfiles.reading import quoted
from app.surveys.answering import CHOOSING, LONGEST, SCALE
from app.surveys.models import QUESTION_KINDS

WIDEST = 1000


class Anything:
    """A value that is read when more is known."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        return value


class AgendaPlace:
    """Which item of the agenda: its place in the list, from 0 as with choices, or its title."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, str):
            return line(500).read(value, place, reader)
        return Whole(0).read(value, place, reader)


@dataclass(frozen=True)
class Chosen:
    """The index of a choice."""

    choices: int

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return reader.problem(place, "must be the index of a choice, from 0")
        if not 0 <= value < self.choices:
            return reader.problem(place, f"there is no choice {str(value)[:20]}: they are 0 to {self.choices - 1}")
        return value


@dataclass(frozen=True)
class Several:
    """Indices of choices, each once; None for none."""

    choices: int
    least: float
    most: float

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        found = Many(Chosen(self.choices)).read(value, place, reader)
        if found is BAD or any(index is BAD for index in found) or not found:
            return BAD if found is BAD or found else None
        if len(set(found)) < len(found):
            return reader.problem(place, "names a choice twice")
        if not self.least <= len(found) <= self.most:
            return reader.problem(place, f"must name from {self.least:g} to {self.most:g} choices")
        return found


@dataclass(frozen=True)
class Length:
    """Text within a question's own bounds."""

    least: float
    most: float

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        text = Text().read(value, place, reader)
        if isinstance(text, str) and not self.least <= len(text) <= self.most:
            return reader.problem(place, f"must have from {self.least:g} to {self.most:g} characters")
        return text


class IsoDay:
    """A date that is kept as it is written."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        day = Day().read(value, place, reader)
        return day if day is BAD else value


def choices_where_chosen(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    kind = raw.get("kind")
    if kind in CHOOSING and "choices" not in raw:
        reader.problem(under(place, "choices"), "is missing")
    elif kind in QUESTION_KINDS and kind not in CHOOSING and raw.get("choices"):
        reader.problem(under(place, "choices"), f"a question of kind {kind} has no choices")


QUESTION = Thing(
    {
        "key": line(100), "kind": Choice(QUESTION_KINDS), "text": Text(), "help": Text(),
        "required": Flag(), "choices": Many(line(10_000), least=1), "min": Number(), "max": Number(),
        "shown_if": Thing({"question": line(100), "is": Anything()}, ["question", "is"]), "agenda_item": AgendaPlace(),
    },
    ["key", "kind", "text"],
    rule=choices_where_chosen,
)  # fmt: skip


@dataclass(frozen=True)
class SurveyShape:
    """A survey with its answers; person is the kind of reference that says whose an answer is."""

    person: Kind
    thing = Thing(
        {
            "title": line(), "introduction": Text(), "anonymous": Flag(), "attribution": Choice(("group", "person")),
            "closes_at": Clock(), "questions": Many(QUESTION), "answers": Many(Anything()),
        }
    )  # fmt: skip

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        survey = self.thing.read(value, place, reader)
        if survey is BAD:
            return BAD
        questions = list(each(survey.get("questions"), under(place, "questions")))
        for spot, question in questions:
            _check_bounds(question, spot, reader)
        by_key = _keyed(questions, reader)
        _read_conditions(questions, by_key, reader)
        answer = _answer(survey, by_key, self.person)
        spot = under(place, "answers")
        survey["answers"] = [
            answer.read(one, f"{spot}[{i}]", reader) for i, one in enumerate(survey.get("answers") or ())
        ]
        return survey


def _keyed(questions: Sequence[tuple[str, dict]], reader: Reader) -> dict[str, dict]:
    by_key: dict[str, dict] = {}
    for place, question in questions:
        key = question.get("key")
        if key == "person":
            reader.problem(under(place, "key"), "“person” is taken: it says who has answered")
        elif key in by_key:
            reader.problem(under(place, "key"), f"another question has the key {quoted(key)}")
        elif key:
            by_key[key] = question
    return by_key


def _check_bounds(question: Mapping[str, Any], place: str, reader: Reader) -> None:
    kind = question.get("kind")
    if kind == "scale":
        for key in ("min", "max"):
            if question.get(key) is not None and question[key] != int(question[key]):
                reader.problem(under(place, key), "must be a whole number")
    least, most = _bounds(question)
    if least is not None and most is not None and least > most:
        reader.problem(under(place, "max"), f"must not be less than min, {least:g}")
    elif kind == "scale" and least is not None and most is not None and (least == most or most - least > WIDEST):
        reader.problem(under(place, "max"), "a scale must have from 2 to 1001 steps")


def _bounds(question: Mapping[str, Any]) -> tuple[float | None, float | None]:
    least, most = question.get("min"), question.get("max")
    if question.get("kind") == "scale":
        return (SCALE[0] if least is None else least, SCALE[1] if most is None else most)
    return least, most


def _read_conditions(questions: Sequence[tuple[str, dict]], by_key: Mapping[str, dict], reader: Reader) -> None:
    for place, question in questions:
        condition = question.get("shown_if")
        if not condition or not condition.get("question"):
            continue
        place = under(place, "shown_if")
        other = by_key.get(condition["question"])
        if other is None:
            reader.problem(under(place, "question"), f"there is no question {quoted(condition['question'])}")
        elif _depends_on_itself(question, by_key):
            reader.problem(under(place, "question"), "the question would be shown by its own answer")
        elif condition.get("is") is not None and (kind := _one_value(other)):
            condition["is"] = kind.read(condition["is"], under(place, "is"), reader)


def _depends_on_itself(question: Mapping[str, Any], by_key: Mapping[str, dict]) -> bool:
    key, seen = question.get("key"), set()
    at = (question.get("shown_if") or {}).get("question")
    while at in by_key and at not in seen and at != key:
        seen.add(at)
        at = (by_key[at].get("shown_if") or {}).get("question")
    return at == key


def _answer(survey: Mapping[str, Any], by_key: Mapping[str, dict], person: Kind) -> Thing:
    keys = {key: kind for key, question in by_key.items() if (kind := _answer_kind(question))}
    keys |= {key: Anything() for key in by_key if key not in keys}
    anonymous = survey.get("anonymous") is True
    return Thing(keys | {"person": Nobody() if anonymous else person}, () if anonymous else ["person"])


class Nobody:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        return reader.problem(place, "an anonymous survey does not say who has answered")


def _one_value(question: Mapping[str, Any]) -> Kind | None:
    """The kind of one value that an answer may have or hold."""
    if question.get("kind") in CHOOSING:
        return Chosen(len(question.get("choices") or ()))
    return _answer_kind(question)


def _answer_kind(question: Mapping[str, Any]) -> Kind | None:
    kind, count = question.get("kind"), len(question.get("choices") or ())
    least, most = _bounds(question)
    if kind in LONGEST:
        return Length(least or 0, most or LONGEST[kind])
    if kind == "single_choice":
        return Chosen(count)
    if kind in CHOOSING:
        return Several(count, least or 0, count if most is None else most)
    if kind == "scale":
        return Whole(int(least), int(most))
    if kind == "number":
        return Number(-1e15 if least is None else least, 1e15 if most is None else most)
    return IsoDay() if kind == "date" else None
