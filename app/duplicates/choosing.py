"""Which of two records' values is offered first where they differ. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.duplicates.likeness import plain, tagless

FIELDS = ("given_name", "family_name", "email", "organisation_id", "title", "unit", "language")
NAMES = FIELDS[:2]


class Person(Protocol):
    id: int
    given_name: str
    family_name: str
    email: str | None
    organisation_id: int | None
    title: str | None
    unit: str | None
    language: str | None


def differing(people: Sequence[Person]) -> list[str]:
    """Return the fields in which two records differ."""
    return [name for name in FIELDS if getattr(people[0], name) != getattr(people[1], name)]


def offered(people: Sequence[Person]) -> dict[str, int]:
    """Return by differing field the id of the person whose value is offered: the one that says more.

    Both names come from one record, so that names which have changed places are not put together wrongly.
    """
    fuller = min(people, key=lambda person: (-sum(bool(getattr(person, name)) for name in FIELDS), person.id))
    named = _better_named(people, fuller)
    chosen = {}
    for name in differing(people):
        stated = [person for person in people if getattr(person, name)]
        if name in NAMES:
            chosen[name] = named.id
        elif len(stated) == 1:
            chosen[name] = stated[0].id
        elif name == "email":
            chosen[name] = _plainer_address(people, fuller).id
        else:
            chosen[name] = fuller.id
    return chosen


def _better_named(people: Sequence[Person], fuller: Person) -> Person:
    one, other = people
    if plain(one.family_name) != plain(other.family_name):
        return fuller
    return max(people, key=lambda it: (len(plain(it.given_name)), _marks(it), it is fuller))


def _marks(person: Person) -> int:
    return sum(not letter.isascii() for letter in person.given_name + person.family_name)


def _plainer_address(people: Sequence[Person], fuller: Person) -> Person:
    one, other = people
    if tagless(one.email) != tagless(other.email):
        return fuller
    return min(people, key=lambda it: (len(it.email or ""), it is not fuller))
