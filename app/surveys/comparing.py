"""What has changed from one form of a survey to the next. Pure.

A form is what `app/surveys/versions.py` keeps: the survey's columns under `survey`, its `questions` in order, each with
its `choices`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Form = Mapping[str, Any]
OF_QUESTION = (
    "kind", "text", "help", "required", "minimum", "maximum", "low", "high", "condition", "agenda_item",
)  # fmt: skip
OF_SURVEY = ("title", "introduction", "promise", "background", "least", "closes_at", "language")


@dataclass(frozen=True)
class Change:
    """One change. what: `added`, `removed`, `retired`, `restored`, `moved`, `order` (of the choices), a column's name,
    or a language whose translation of `column` has changed. question and choice: the texts of what it is about."""

    what: str
    question: str | None = None
    choice: str | None = None
    before: Any = None
    after: Any = None
    column: str | None = None


def changes(before: Form, after: Form) -> list[Change]:
    """Return what has changed: of the survey, then of its questions in their later order, then what has gone."""
    found = list(_columns(before["survey"], after["survey"], OF_SURVEY))
    found += _translations(before["survey"], after["survey"])
    old = {question["id"]: question for question in before["questions"]}
    new = {question["id"]: question for question in after["questions"]}
    shifted = _moved(list(old), list(new))
    for id, question in new.items():
        if id not in old:
            found.append(Change("added", question["text"]))
            continue
        if id in shifted:
            found.append(Change("moved", question["text"]))
        found += _of_question(_with_condition(old[id], old), _with_condition(question, new))
    return found + [Change("removed", question["text"]) for id, question in old.items() if id not in new]


def _of_question(before: Form, after: Form) -> Iterator[Change]:
    name = {"question": before["text"]}
    yield from _standing(before, after, name)
    yield from _columns(before, after, OF_QUESTION, name)
    yield from _translations(before, after, name)
    old = {choice["id"]: choice for choice in before["choices"]}
    new = {choice["id"]: choice for choice in after["choices"]}
    for id, choice in new.items():
        if id not in old:
            yield Change("added", choice=choice["text"], **name)
            continue
        one = name | {"choice": old[id]["text"]}
        yield from _standing(old[id], choice, one)
        yield from _columns(old[id], choice, ("text", "open"), one)
        yield from _translations(old[id], choice, one)
    yield from (Change("removed", choice=choice["text"], **name) for id, choice in old.items() if id not in new)
    if _moved(list(old), list(new)):
        yield Change("order", **name)


def _standing(before: Form, after: Form, name: Mapping[str, Any]) -> Iterator[Change]:
    if before["retired"] != after["retired"]:
        yield Change("retired" if after["retired"] else "restored", **name)


def _columns(
    before: Form, after: Form, columns: Sequence[str], name: Mapping[str, Any] | None = None
) -> Iterator[Change]:
    for column in columns:
        if before.get(column) != after.get(column):
            yield Change(column, before=before.get(column), after=after.get(column), **(name or {}))


def _translations(before: Form, after: Form, name: Mapping[str, Any] | None = None) -> Iterator[Change]:
    old, new = before["translations"], after["translations"]
    for language in sorted({*old, *new}):
        was, now = old.get(language, {}), new.get(language, {})
        for column in sorted({*was, *now}):
            if was.get(column) != now.get(column):
                texts = {"before": was.get(column), "after": now.get(column)}
                yield Change(language, column=column, **texts, **(name or {}))


def _with_condition(question: Form, by_id: Mapping[int, Form]) -> Form:
    """The question with its condition as (question's text, answer's text or value), so that it can be said."""
    asked = by_id.get(question["shown_if"])
    if asked is None:
        return {**question, "condition": None}
    texts = {choice["id"]: choice["text"] for choice in asked["choices"]}
    answer = question["shown_if_value"]
    return {**question, "condition": (asked["text"], texts.get(answer, answer))}


def _moved(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """The fewest of what is in both that must have moved, as far as a difference of two lists tells."""
    both = set(before) & set(after)
    old, new = [one for one in before if one in both], [one for one in after if one in both]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {one for block in blocks for one in old[block.a : block.a + block.size]}
    return both - stayed
