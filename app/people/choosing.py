"""Finding the one person whom somebody has written into a field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.people.collation import folded


class Known(Protocol):
    """A person as a row of the address book; organisation is its abbreviation or name."""

    given_name: str
    family_name: str
    email: str | None
    organisation: str | None


Person = TypeVar("Person", bound=Known)


def choice_words(person: Known) -> str:
    """What is offered for a person: the name, and what tells namesakes apart: the address, else the organisation."""
    name = f"{person.given_name} {person.family_name}".strip()
    return ", ".join(filter(None, (name, person.email or person.organisation)))


def people_meant(text: str, people: Iterable[Person]) -> Sequence[Person]:
    """Return whom a text can mean: as offered, by address, or by the whole name in either order (all namesakes)."""
    wanted = folded(" ".join(text.split()))
    everybody = list(people) if wanted else []
    exactly = [it for it in everybody if wanted in (folded(choice_words(it)), folded(it.email or ""))]
    return exactly or [it for it in everybody if wanted in _names(it)]


def _names(person: Known) -> tuple[str, str]:
    given, family = folded(person.given_name), folded(person.family_name)
    return f"{given} {family}".strip(), f"{family} {given}".strip()
