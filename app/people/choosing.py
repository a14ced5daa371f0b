"""Finding the one person whom somebody has written into a field. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from app.people.collation import folded
from app.people.names import whole_name


class Known(Protocol):
    """A person as a row of the address book; organisation is its abbreviation or name."""

    given_name: str
    family_name: str
    email: str | None
    organisation: str | None


Person = TypeVar("Person", bound=Known)


def choice_words(person: Known) -> str:
    """What is offered for a person: the name, and what tells namesakes apart: the address, else the organisation."""
    name = whole_name(person.given_name, person.family_name)
    return ", ".join(filter(None, (name, person.email or person.organisation)))


def people_meant(text: str, people: Iterable[Person]) -> list[Person]:
    """Return whom a text can mean: as offered, by address, or by the whole name in either order (all namesakes).

    An address may stand in brackets after the name, as mail programs write it: then it alone counts.
    """
    wanted = folded(" ".join(text.split()))
    everybody = list(people) if wanted else []
    address = address_in(wanted)
    exactly = [it for it in everybody if wanted == folded(choice_words(it)) or address == folded(it.email or "")]
    return exactly or [it for it in everybody if wanted in _names(it)]


def address_in(text: str) -> str:
    """Return the address of `Name <address>`, else the text as it is."""
    return text.partition("<")[2].rstrip("> ") or text


def rotations(text: str) -> list[str]:
    """Return a name's folded words begun at each of them in turn: among them stands family name, given name."""
    words = folded(text).replace(",", " ").split()
    return [" ".join(words[place:] + words[:place]) for place in range(len(words))]


def _names(person: Known) -> tuple[str, str, str]:
    given, family = folded(person.given_name), folded(person.family_name)
    return f"{given} {family}".strip(), f"{family} {given}".strip(), f"{family}, {given}"
