"""Notes references that lead nowhere, and what is there twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from app.eventfiles.kinds import Reader, each, under
from app.eventfiles.names import Names, Unresolved
from app.eventfiles.reading import quoted
from app.eventfiles.shape import EVENT_RECIPIENTS, Who


def resolved(find: Callable[[Any], Any], reference: Any, place: str, reader: Reader) -> Any:
    """Return what a reference means; None where there is none, or after noting that it leads nowhere."""
    if reference is None:
        return None
    try:
        return find(reference)
    except Unresolved as reason:
        reader.problem(place, str(reason))
        return None


def all_resolved(
    find: Callable[[Any], Any], thing: Mapping[str, Any], key: str, place: str, reader: Reader
) -> list[tuple[str, Any]]:
    """Return what a list of references means, each with its place; note who or what is named twice."""
    found = [(spot, resolved(find, one, spot, reader)) for spot, one in each(thing.get(key), under(place, key))]
    sound = [(spot, one) for spot, one in found if one is not None]
    once_only(sound, reader)
    return sound


def once_only(found: Iterable[tuple[str, Hashable]], reader: Reader, sentence: str = "is listed twice") -> None:
    """Note every (place, key) whose key stood before, with where."""
    first: dict[Hashable, str] = {}
    for place, key in found:
        if key in first:
            reader.problem(place, f"{sentence}, first at {first[key]}")
        else:
            first[key] = place


def check_recipients(entries: Iterable[Any] | None, place: str, names: Names, reader: Reader) -> None:
    finders = {
        "person": names.person, "group": names.group, "list": names.list, "organisation": names.organisation,
    }  # fmt: skip
    for spot, entry in each(list(entries or ()), place):
        for key, find in finders.items():
            resolved(find, entry.get(key), under(spot, key), reader)
        other = entry.get("event")
        if other and any(entry.get(kind) for kind in EVENT_RECIPIENTS) and (isinstance(other, str) or "title" in other):
            resolved(names.event, other, under(spot, "event"), reader)
        check_recipients(entry.get("except"), under(spot, "except"), names, reader)


def check_person_or_name(value: Any, place: str, names: Names, reader: Reader) -> None:
    if isinstance(value, Who):
        resolved(names.person, value, place, reader)


def check_item(entry: Mapping[str, Any], place: str, agenda: Sequence[Any], reader: Reader) -> None:
    """Note an `agenda_item` that is no item of the agenda, or not one alone."""
    titles = [one.get("title") for _place, one in each(agenda, "")]
    item, items = entry.get("agenda_item"), len(agenda)
    if isinstance(item, str) and titles.count(item) != 1:
        many = "several items of the agenda are" if item in titles else "no item of the agenda is"
        reader.problem(under(place, "agenda_item"), f"{many} called {quoted(item)}")
    elif isinstance(item, int) and item >= items:
        count = f"the agenda has {items} items, counted from 0" if items else "there is no agenda"
        reader.problem(under(place, "agenda_item"), count)
