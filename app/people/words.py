"""How organisations, groups and rows of names stand in a paper, in its language. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Body(Protocol):
    """A group or an organisation: its official name, and those in Swedish and English where they are known."""

    name: str
    name_sv: str | None
    name_en: str | None


class Organisation(Body, Protocol):
    abbreviation: str | None
    abbreviation_sv: str | None
    abbreviation_en: str | None
    print_as: str


AND = {"fi": "ja", "sv": "och", "en": "and"}
AS_WELL_AS = {"fi": "sekä", "sv": "samt", "en": "as well as"}

# what convening bodies are called, and their genitives; a body whose name ends otherwise is given its own
GENITIVES = {
    "kunta": "kunnan", "ryhmä": "ryhmän", "verkosto": "verkoston", "neuvosto": "neuvoston", "komitea": "komitean",
    "foorumi": "foorumin", "tiimi": "tiimin", "toimisto": "toimiston", "jaosto": "jaoston", "hallitus": "hallituksen",
    "hanke": "hankkeen", "yhteisö": "yhteisön", "projekti": "projektin", "klusteri": "klusterin", "liitto": "liiton",
    "kollegio": "kollegion", "virasto": "viraston", "ministeriö": "ministeriön", "osasto": "osaston",
    "yksikkö": "yksikön", "säätiö": "säätiön", "raati": "raadin",
}  # fmt: skip


def body_name(body: Body, language: str) -> str:
    """The full name in the language, or the official one where that is not known."""
    return (getattr(body, f"name_{language}") if language != "fi" else None) or body.name


def organisation_words(organisation: Organisation, language: str) -> str:
    """The name or the abbreviation, as the organisation is printed; never an abbreviation of another language
    where the name in this language is known."""
    if organisation.print_as == "name":
        return body_name(organisation, language)
    if language == "fi":
        return organisation.abbreviation or organisation.name
    own = getattr(organisation, f"abbreviation_{language}") or getattr(organisation, f"name_{language}")
    return own or organisation.abbreviation or organisation.name


def with_article(name: str, language: str) -> str:
    """A body's name inside an English phrase: chair of the Advisory Board on Bridges."""
    return f"the {name}" if language == "en" and not name.lower().startswith("the ") else name


def people_joined(names: Sequence[str], language: str) -> str:
    """a, b ja c; a, b och c; a, b and c."""
    return _joined(names, AND[language])


def bodies_joined(names: Sequence[str], language: str) -> str:
    """a, b sekä c; a, b samt c: bodies are joined by the heavier word, since their names often hold the lighter one.

    English has the heavier one only where a name does hold the lighter.
    """
    word = AND[language] if language == "en" and not any(" and " in name for name in names) else AS_WELL_AS[language]
    return _joined(names, word)


def _joined(names: Sequence[str], word: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def genitive(name: str, given: str | None) -> str | None:
    """The Finnish genitive of a body's name: as given, else by what it is called; None where neither helps."""
    if given:
        return given
    for ending, inflected in GENITIVES.items():
        if name.casefold().endswith(ending):
            return name[: -len(ending)] + inflected
    return None


def elative(name: str) -> str | None:
    """The Finnish elative of what a secretariat is called (sihteeristöstä); None for an unusual ending."""
    if name.endswith("ö") or name.endswith("y") or name.endswith("ä"):
        return name + "stä"
    if name.endswith("o") or name.endswith("u"):
        return name + "sta"
    return None


def lower_first(text: str) -> str:
    """A phrase of our own inside a row: only its first letter changes."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
