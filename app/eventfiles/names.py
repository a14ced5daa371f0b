"""By what people, groups, organisations, lists and events are known: the file's and the installation's. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.eventfiles.kinds import BAD
from app.eventfiles.reading import quoted
from app.eventfiles.shape import Who

# The key of a person: their address in lower case, or their name and their organisation's where they have none.
PersonKey = str | tuple[str, str | None]
OWN = "the event of the file itself"


class Unresolved(Exception):
    """A reference to what neither the file nor the installation has; says so in words."""


def folded(name: str) -> str:
    """A name as names are compared: without regard to case, spaces and how its letters are composed."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


@dataclass(frozen=True)
class Installed:
    """What the installation has already, as far as a file can mean it; names are folded, values are ids.

    organisations: (id, name, abbreviation). list_names: what lists each list holds. events: (id, title, start).
    """

    emails: Mapping[str, int] = field(default_factory=dict)
    nameless: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    organisations: Sequence[tuple[int, str, str | None]] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, int] = field(default_factory=dict)
    list_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    events: Sequence[tuple[int, str, datetime]] = ()


@dataclass
class Layer:
    """Names of groups and organisations of one source, the file or the installation."""

    organisations: set[str]
    groups: set[str]
    abbreviations: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def abbreviate(self, pairs: Iterable[tuple[str | None, str]]) -> Layer:
        for abbreviation, name in pairs:
            if abbreviation:
                self.abbreviations[folded(abbreviation)].add(folded(name))
        return self

    def organisation(self, name: str) -> str | None:
        """The key of an organisation by name, else by abbreviation."""
        key = folded(name)
        meant = {key} if key in self.organisations else self.abbreviations.get(key, set())
        if len(meant) > 1:
            raise Unresolved(f"{quoted(name)} is the abbreviation of {len(meant)} organisations: give the name")
        return next(iter(meant), None)


class Names:
    """Finds the keys of what a file refers to, raising Unresolved: first in the file, then in the installation."""

    def __init__(self, draft: Mapping[str, Any], installed: Installed):
        self.installed = installed
        self.own_event = draft.get("event") or {}
        organisations, groups, lists = (_named(draft, key) for key in ("organisations", "groups", "lists"))
        self.layers = (
            Layer({folded(one["name"]) for one in organisations}, {folded(one["name"]) for one in groups}).abbreviate(
                (one.get("abbreviation"), one["name"]) for one in organisations
            ),
            Layer({folded(name) for _id, name, _short in installed.organisations}, {*installed.groups}).abbreviate(
                (short, name) for _id, name, short in installed.organisations
            ),
        )
        self.lists = {*installed.lists, *(folded(one["name"]) for one in lists)}
        people = [one for one in draft.get("people") or () if one is not BAD]
        self.emails = {*installed.emails, *(one["email"].lower() for one in people if one.get("email"))}
        self.emails |= {email.lower() for email in substitutes(self.own_event)}
        self.nameless = {*installed.nameless, *(self.key_of(one) for one in people if not one.get("email"))}
        self.addressed = {folded(name_of(one)): one["email"] for one in people if one.get("email")}

    def key_of(self, person: Mapping[str, Any]) -> PersonKey:
        """The key of an entry of people[]; an organisation that nobody knows counts as none."""
        if person.get("email"):
            return person["email"].lower()
        try:
            return (folded(name_of(person)), self.organisation(person.get("organisation")))
        except Unresolved:
            return (folded(name_of(person)), None)

    def person(self, who: Who) -> PersonKey:
        if who.email:
            if who.email.lower() in self.emails:
                return who.email.lower()
            raise Unresolved(f"nobody has the address {quoted(who.email)}")
        key = (folded(who.name or ""), self.organisation(who.organisation))
        if key in self.nameless:
            return key
        if key[0] in self.addressed:
            raise Unresolved(f"{quoted(who.name)} has an address: refer to them by {self.addressed[key[0]]}")
        of = f" of {quoted(who.organisation)}" if who.organisation else " without an organisation"
        raise Unresolved(f"there is nobody called {quoted(who.name)}{of} who has no address")

    def organisation(self, name: str | None) -> str | None:
        if not name:
            return None
        for layer in self.layers:
            if key := layer.organisation(name):
                return key
        raise Unresolved(f"there is no organisation {quoted(name)}")

    def group(self, name: str) -> str:
        if any(folded(name) in layer.groups for layer in self.layers):
            return folded(name)
        raise Unresolved(f"there is no group {quoted(name)}")

    def body(self, name: str) -> tuple[str, str]:
        """A group, else an organisation: ("group_id" or "organisation_id", key)."""
        for layer in self.layers:
            if folded(name) in layer.groups:
                return "group_id", folded(name)
            if key := layer.organisation(name):
                return "organisation_id", key
        raise Unresolved(f"there is no group or organisation {quoted(name)}")

    def list(self, name: str) -> str:
        if folded(name) not in self.lists:
            raise Unresolved(f"there is no list {quoted(name)}")
        return folded(name)

    def event(self, named: str | Mapping[str, Any]) -> int | str:
        """The id of another event, or OWN for the one of the file; the latest of several that are all alike."""
        title = named if isinstance(named, str) else named["title"]
        starts = None if isinstance(named, str) else named.get("starts_at")

        def alike(other: str, start: datetime | None) -> bool:
            return folded(other) == folded(title) and (starts is None or start == starts)

        if alike(self.own_event.get("title") or "", self.own_event.get("starts_at")):
            return OWN
        found = [(id, start) for id, other, start in self.installed.events if alike(other, start)]
        if not found:
            raise Unresolved(
                f"there is no event {quoted(title)}" + (f" that starts at {starts:%Y-%m-%dT%H:%M}" if starts else "")
            )
        if len({start for _id, start in found}) > 1:
            raise Unresolved(f"{len(found)} events are called {quoted(title)}: give {{title, starts_at}}")
        return max(id for id, _start in found)


def name_of(person: Mapping[str, Any]) -> str:
    """A person's whole name, given name first."""
    return person.get("name") or f"{person.get('given_name') or ''} {person.get('family_name') or ''}".strip()


def substitutes(event: Mapping[str, Any]) -> dict[str, str]:
    """Names by address of those who come in an invitee's place."""
    sent = [one.get("substitute") or {} for one in event.get("invitees") or () if one is not BAD]
    return {one["email"]: one["name"] for one in sent if one.get("email") and one.get("name")}


def _named(draft: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [one for one in draft.get(key) or () if one is not BAD and one.get("name")]
