"""One question of an event file, with its choices or rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.eventfiles.kinds import ByType, Choice, Flag, Kind, Many, Number, Reader, Text, Thing, Whole, line, under
from app.eventfiles.survey_answers import OPEN_KINDS, STEPPED, bounds
from app.people.models import LANGUAGES
from app.surveys.answering import CHOOSING, WIDEST_SCALE
from app.surveys.models import QUESTION_KINDS

WIDEST = {"scale": 1000, "matrix": WIDEST_SCALE - 1}
UNASKED = ("required", "min", "max")  # what a section has none of


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


def in_languages(**words: Kind) -> Thing:
    """The same words in other languages: {"sv": {"text": …}}."""
    return Thing(dict.fromkeys(LANGUAGES, Thing(words)))


def of_its_kind(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    """Note what a question of its kind lacks, or cannot have."""
    kind = raw.get("kind")
    if kind not in QUESTION_KINDS:
        return
    for key, kinds in (("choices", CHOOSING), ("rows", ("matrix",))):
        if kind in kinds and key not in raw:
            reader.problem(under(place, key), "is missing")
        elif kind not in kinds and raw.get(key):
            reader.problem(under(place, key), f"a question of kind {kind} has no {key}")
    for key in ("low", "high"):
        if kind not in STEPPED and raw.get(key):
            reader.problem(under(place, key), f"a question of kind {kind} has no ends")
    for key in UNASKED:
        if kind == "section" and raw.get(key):
            reader.problem(under(place, key), "a section asks nothing")


def one_open(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    """Note a choice that is open where none can be, and a second one that is offered."""
    choices = raw.get("choices") if isinstance(raw.get("choices"), list) else []
    found = [(i, one) for i, one in enumerate(choices) if isinstance(one, dict) and one.get("open") is True]
    offered = [i for i, one in found if one.get("retired") is not True]
    for i, _one in found:
        spot = f"{under(place, 'choices')}[{i}].open"
        if raw.get("kind") not in OPEN_KINDS:
            reader.problem(spot, f"goes with {' and '.join(OPEN_KINDS)} only")
        elif i in offered[1:]:
            reader.problem(spot, f"one choice is open already: {offered[0]}")


def _question_rules(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    of_its_kind(raw, place, reader)
    one_open(raw, place, reader)


OPTION = line(10_000)
IN_LANGUAGES = in_languages(text=OPTION)
CHOICE = ByType(
    {
        str: OPTION,
        dict: Thing({"text": OPTION, "open": Flag(), "retired": Flag(), "translations": IN_LANGUAGES}, ["text"]),
    },
    "text, or {text, open, retired, translations}",
)
ROW = ByType(
    {str: OPTION, dict: Thing({"text": OPTION, "retired": Flag(), "translations": IN_LANGUAGES}, ["text"])},
    "text, or {text, retired, translations}",
)


def question_shape(person: Kind) -> Thing:
    """Return the kind of a question; person says whose answer a theme or a quote is."""
    end = line(200)
    theme = Thing({"title": line(200), "answers": Many(person)}, ["title"])
    return Thing(
        {
            "key": line(100), "kind": Choice(QUESTION_KINDS), "text": Text(), "help": Text(),
            "required": Flag(), "choices": Many(CHOICE, least=1), "rows": Many(ROW, least=1), "min": Number(),
            "max": Number(), "low": end, "high": end,
            "shown_if": Thing({"question": line(100), "is": Anything()}, ["question", "is"]),
            "agenda_item": AgendaPlace(), "retired": Flag(),
            "translations": in_languages(text=Text(), help=Text(), low=end, high=end), "comment": Text(),
            "themes": Many(theme), "quotes": Many(person),
        },
        ["key", "kind", "text"],
        rule=_question_rules,
    )  # fmt: skip


def check_bounds(question: Mapping[str, Any], place: str, reader: Reader) -> None:
    """Note a min and a max between which there is nothing, and scales that are no scales."""
    kind = question.get("kind")
    if kind in STEPPED:
        for key in ("min", "max"):
            if question.get(key) is not None and question[key] != int(question[key]):
                reader.problem(under(place, key), "must be a whole number")
    least, most = bounds(question)
    if least is not None and most is not None and least > most:
        reader.problem(under(place, "max"), f"must not be less than min, {least:g}")
    elif kind in STEPPED and (least == most or most - least > WIDEST[kind]):
        reader.problem(under(place, "max"), f"a {kind} must have from 2 to {WIDEST[kind] + 1} steps")
