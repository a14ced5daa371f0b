"""Checks people, organisations, groups and lists: each there once, referring to what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.eventfiles.checking.references import all_resolved, check_recipients, once_only, resolved
from app.eventfiles.kinds import BAD, Reader, each, under
from app.eventfiles.names import Names, folded, name_of


def check_book(draft: Mapping[str, Any], names: Names, reader: Reader) -> None:
    for key in ("organisations", "groups", "lists"):
        named = [
            (under(place, "name"), folded(one["name"])) for place, one in each(draft.get(key), key) if one.get("name")
        ]
        once_only(named, reader)
    _check_people(draft, names, reader)
    for place, group in each(draft.get("groups"), "groups"):
        _check_group(group, place, names, reader)
    for place, one in each(draft.get("lists"), "lists"):
        check_recipients(one.get("entries"), under(place, "entries"), names, reader)
    _check_loops(draft, names, reader)


def _check_people(draft: Mapping[str, Any], names: Names, reader: Reader) -> None:
    people = list(each(draft.get("people"), "people"))
    for place, person in people:
        resolved(names.organisation, person.get("organisation"), under(place, "organisation"), reader)
    addresses = [(under(place, "email"), one["email"].lower()) for place, one in people if one.get("email")]
    once_only(addresses, reader, "is the address of two people")
    nameless = [(place, names.key_of(one)) for place, one in people if "email" not in one and name_of(one)]
    once_only(nameless, reader, "has the same name and organisation as somebody else without an address")


def _check_group(group: Mapping[str, Any], place: str, names: Names, reader: Reader) -> None:
    resolved(names.organisation, group.get("parent"), under(place, "parent"), reader)
    term = group.get("term") or {}
    if term.get("starts") and term.get("ends") and term["ends"] < term["starts"]:
        reader.problem(under(place, "term.ends"), f"is before the term starts, {term['starts']}")
    members = list(each(group.get("members"), under(place, "members")))
    people = [
        (spot, resolved(names.person, one.get("person"), under(spot, "person"), reader), one) for spot, one in members
    ]
    once_only([(spot, (key, one.get("role") or "member")) for spot, key, one in people if key], reader)
    for spot, key, one in people:
        deputised = resolved(names.person, one.get("deputy_for"), under(spot, "deputy_for"), reader)
        if deputised and deputised == key:
            reader.problem(under(spot, "deputy_for"), "nobody is their own deputy")
    all_resolved(names.person, group, "leaders", place, reader)


def _check_loops(draft: Mapping[str, Any], names: Names, reader: Reader) -> None:
    """Note lists that hold themselves, however far round; what the file says of a list stands over the installation."""
    held = {name: {folded_: folded_ for folded_ in inner} for name, inner in names.installed.list_names.items()}
    places: dict[str, str] = {}
    shown: dict[str, str] = {}
    for place, one in each(draft.get("lists"), "lists"):
        if one.get("name") and "entries" in one:
            key = folded(one["name"])
            shown[key] = one["name"]
            inner = dict(_lists_in(one["entries"] or (), under(place, "entries")))
            held[key] = {folded(name): spot for spot, name in inner.items()}
            places.setdefault(key, place)
    for key in places:
        path = _path_back(key, held)
        if path and key == min((one for one in path if one in places), key=list(places).index):
            words = " → ".join(shown.get(one, one) for one in path)
            reader.problem(held[key][path[1]], f"the list would hold itself: {words}")


def _lists_in(entries: Sequence[Any], place: str) -> Iterator[tuple[str, str]]:
    for spot, entry in each(entries, place):
        if entry.get("list"):
            yield under(spot, "list"), entry["list"]
        if entry.get("except") not in (None, BAD):
            yield from _lists_in(entry["except"], under(spot, "except"))


def _path_back(start: str, held: Mapping[str, Mapping[str, str]]) -> list[str] | None:
    pending, seen = [[start, inner] for inner in held.get(start, ())], set()
    while pending:
        path = pending.pop(0)
        if path[-1] == start:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            pending.extend([*path, inner] for inner in held.get(path[-1], ()))
    return None
