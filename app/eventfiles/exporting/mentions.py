"""Mentions: people, groups and the like as an export names them before it is known how they are called. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mention:
    """Stands in the document for a reference. kind: person, organisation, everyone (of an organisation), group, list
    or event.
    """

    kind: str
    id: int


def mentions_in(value: Any) -> Iterator[Mention]:
    """All mentions within a document, or part of one."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from mentions_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mentions_in(inner)


def replaced(value: Any, words: Callable[[Mention], Any]) -> Any:
    """The same with words for mentions."""
    if isinstance(value, Mention):
        return words(value)
    if isinstance(value, dict):
        return {key: replaced(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, words) for inner in value]
    return value


def mention(kind: str, id: int | None) -> Mention | None:
    return Mention(kind, id) if id is not None else None


def body(row: Any) -> Mention:
    """Whom a representation is of: a group or an organisation."""
    return Mention("group", row.group_id) if row.group_id is not None else Mention("organisation", row.organisation_id)


def without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without the keys that hold nothing."""
    return {key: value for key, value in entry.items() if value is not None and value != [] and value != {}}
