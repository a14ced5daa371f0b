"""The survey of an event file: its questions, and the answers that they allow. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.eventfiles.circles import leads
from app.eventfiles.kinds import BAD, Choice, Clock, Flag, Kind, Many, Reader, Text, Thing, Whole, each, line, under
from app.eventfiles.question_shape import Anything, check_bounds, in_languages, question_shape
from app.eventfiles.reading import quoted
from app.eventfiles.survey_answers import Never, answer_kind, one_value
from app.people.models import LANGUAGES
from app.surveys.models import BACKGROUNDS, LEAST

NAMELESS = Never("an anonymous survey does not say who has answered")


@dataclass(frozen=True)
class SurveyShape:
    """A survey with its answers; person is the kind of reference that says whose an answer is."""

    person: Kind

    @property
    def thing(self) -> Thing:
        return Thing(
            {
                "title": line(), "introduction": Text(), "language": Choice(LANGUAGES),
                "translations": in_languages(title=line(), introduction=Text()), "anonymous": Flag(),
                "attribution": Choice(("group", "person")), "background": Choice(BACKGROUNDS),
                "least": Whole(LEAST[0], LEAST[-1]), "closes_at": Clock(), "opening": Text(), "closing": Text(),
                "questions": Many(question_shape(self.person)), "answers": Many(Anything()), "begun": Many(Anything()),
            }
        )  # fmt: skip

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        survey = self.thing.read(value, place, reader)
        if survey is BAD:
            return BAD
        questions = list(each(survey.get("questions"), under(place, "questions")))
        for spot, question in questions:
            check_bounds(question, spot, reader)
        by_key = _keyed(questions, survey, reader)
        _read_conditions(questions, by_key, reader)
        _check_anonymity(survey, questions, place, reader)
        for key in ("answers", "begun"):
            answer = _answer(survey, by_key, self.person, begun=key == "begun")
            spot = under(place, key)
            survey[key] = [answer.read(one, f"{spot}[{i}]", reader) for i, one in enumerate(survey.get(key) or ())]
        return survey


def _keyed(questions: Sequence[tuple[str, dict]], survey: Mapping[str, Any], reader: Reader) -> dict[str, dict]:
    taken = {"person": "it says who has answered"}
    if survey.get("background") in ("group", "organisation"):
        taken["background"] = "it says of which class who has answered is"
    by_key: dict[str, dict] = {}
    for place, question in questions:
        key = question.get("key")
        if key in taken:
            reader.problem(under(place, "key"), f"“{key}” is taken: {taken[key]}")
        elif key in by_key:
            reader.problem(under(place, "key"), f"another question has the key {quoted(key)}")
        elif key:
            by_key[key] = question
    return by_key


def _check_anonymity(
    survey: Mapping[str, Any], questions: Sequence[tuple[str, dict]], place: str, reader: Reader
) -> None:
    if survey.get("anonymous") is not True:
        return
    if survey.get("begun"):
        reader.problem(under(place, "begun"), "of an anonymous survey there is only what was sent")
    for spot, question in questions:
        for key in ("themes", "quotes"):
            if question.get(key):
                NAMELESS.read(None, under(spot, key), reader)


def _read_conditions(questions: Sequence[tuple[str, dict]], by_key: Mapping[str, dict], reader: Reader) -> None:
    waits = _waiting([question for _place, question in questions], by_key)
    for place, question in questions:
        condition = question.get("shown_if")
        if not condition or not condition.get("question"):
            continue
        place = under(place, "shown_if")
        other = by_key.get(condition["question"])
        if other is None:
            reader.problem(under(place, "question"), f"there is no question {quoted(condition['question'])}")
        elif leads(condition["question"], question.get("key"), waits):
            reader.problem(under(place, "question"), "the question would be shown by its own answer")
        elif condition.get("is") is not None and (kind := one_value(other)):
            condition["is"] = kind.read(condition["is"], under(place, "is"), reader)


def _waiting(questions: Sequence[Mapping[str, Any]], by_key: Mapping[str, dict]) -> dict[str, set[str]]:
    """What must be shown before each question: the one that decides, and the section that it stands in."""
    waits: dict[str, set[str]] = {}
    section: str | None = None
    for question in questions:
        section = question.get("key") if question.get("kind") == "section" else section
        before = {(question.get("shown_if") or {}).get("question"), section} - {question.get("key"), None}
        waits.setdefault(question.get("key") or "", before & by_key.keys())
    return waits


def _answer(survey: Mapping[str, Any], by_key: Mapping[str, dict], person: Kind, *, begun: bool) -> Thing:
    keys = {key: answer_kind(question, begun=begun) or Anything() for key, question in by_key.items()}
    anonymous = survey.get("anonymous") is True
    if survey.get("background") in ("group", "organisation"):
        keys["background"] = line() if anonymous else Never("belongs to anonymous answers only")
    return Thing(keys | {"person": NAMELESS if anonymous else person}, () if anonymous else ["person"])
