"""The answers of an event file: what one may be follows from its question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.eventfiles.kinds import BAD, Day, Kind, Many, Number, Reader, Text, Thing, Whole, under
from app.surveys.answering import CHOOSING, LONGEST, SCALE

OPEN_KINDS = ("single_choice", "multiple_choice")
STEPPED = ("scale", "matrix")


@dataclass(frozen=True)
class Chosen:
    """The index of a choice; of an open one also {choice, text}, with what the person says that it is."""

    choices: int
    open: frozenset[int] = frozenset()

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, dict) and self.open:
            return self._other(value, place, reader)
        if isinstance(value, bool) or not isinstance(value, int):
            return reader.problem(place, "must be the index of a choice, from 0")
        if not 0 <= value < self.choices:
            return reader.problem(place, f"there is no choice {str(value)[:20]}: they are 0 to {self.choices - 1}")
        return value

    def _other(self, value: Mapping[str, Any], place: str, reader: Reader) -> Any:
        keys = {"choice": Chosen(self.choices), "text": Text(LONGEST["text"])}
        found = Thing(keys, ["choice"]).read(value, place, reader)
        if not {"choice", *value} <= found.keys() or found["choice"] is None:
            return BAD
        if not found.get("text"):
            return found["choice"]
        if found["choice"] not in self.open:
            return reader.problem(under(place, "text"), f"choice {found['choice']} is not open: it takes no text")
        return found


@dataclass(frozen=True)
class Several:
    """Choices, each once; None for none."""

    one: Chosen
    least: float
    most: float

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        found = Many(self.one).read(value, place, reader)
        if found is BAD or any(index is BAD for index in found) or not found:
            return BAD if found is BAD or found else None
        if len({index_of(one) for one in found}) < len(found):
            return reader.problem(place, "names a choice twice")
        if not self.least <= len(found) <= self.most:
            return reader.problem(place, f"must name from {self.least:g} to {self.most:g} choices")
        return found


@dataclass(frozen=True)
class Steps:
    """A matrix: a step for each of its rows, in their order, null for a row without one; None where all are."""

    rows: int
    step: Whole

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, list):
            return reader.problem(place, "must be a list: […]")
        if len(value) != self.rows:
            return reader.problem(place, f"must have a step, or null, for each of the {self.rows} rows")
        found = [
            None if one is None else self.step.read(one, f"{place}[{row}]", reader) for row, one in enumerate(value)
        ]
        return BAD if BAD in found else found if any(one is not None for one in found) else None


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


@dataclass(frozen=True)
class Never:
    """What nothing can be written for; the sentence says why."""

    sentence: str

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        return reader.problem(place, self.sentence)


def index_of(chosen: int | Mapping[str, Any]) -> int:
    """The index of a choice as an answer names it, with text of its own or without."""
    return chosen["choice"] if isinstance(chosen, dict) else chosen


def bounds(question: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return min and max; those of a scale and of a matrix are 1 and 5 unless told."""
    least, most = question.get("min"), question.get("max")
    if question.get("kind") in STEPPED:
        return (SCALE[0] if least is None else least, SCALE[1] if most is None else most)
    return least, most


def one_value(question: Mapping[str, Any]) -> Kind | None:
    """Return the kind of one value that an answer may have or hold, by which another question may be shown."""
    if question.get("kind") in CHOOSING:
        return Chosen(len(question.get("choices") or ()))
    if question.get("kind") == "matrix":
        return Never("no other question is shown by the answer to a matrix")
    return answer_kind(question)


def answer_kind(question: Mapping[str, Any], *, begun: bool = False) -> Kind | None:
    """Return the kind of a question's answers; begun: of those not yet sent, which may still be too short."""
    kind = question.get("kind")
    least, most = bounds(question)
    if kind in LONGEST:
        return Length(0 if begun else least or 0, most or LONGEST[kind])
    if kind in CHOOSING:
        choices = question.get("choices") or ()
        chosen = Chosen(len(choices), _open(choices) if kind in OPEN_KINDS else frozenset())
        several = Several(chosen, 0 if begun else least or 0, len(choices) if most is None else most)
        return chosen if kind == "single_choice" else several
    if kind in STEPPED:
        step = Whole(int(least), int(most))
        return step if kind == "scale" else Steps(len(question.get("rows") or ()), step)
    if kind == "number":
        return Number(-1e15 if least is None else least, 1e15 if most is None else most)
    if kind == "section":
        return Never("a section has no answer")
    return IsoDay() if kind == "date" else None


def written_words(question: Mapping[str, Any], value: Any) -> str | None:
    """Return what a person has written to a question in their own words, be it as what an open choice is."""
    if question.get("kind") in LONGEST:
        return value
    chosen = value if isinstance(value, list) else [value]
    return next((one.get("text") for one in chosen if isinstance(one, dict)), None)


def _open(choices: Any) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(choices) if isinstance(one, dict) and one.get("open"))
