"""People out of the text that one copies from the address field of a mail program. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.imports.address_entries import Entry
from app.imports.address_lines import entries_in, with_tabs
from app.imports.address_problems import PATTERNS, wrong_with
from app.imports.address_text import OVERRIDE, made_even
from app.imports.local_parts import related
from app.imports.names_written import Named, named
from app.imports.organisations_written import Known

HABIT = 4  # of every five names whose order is clear


@dataclass(frozen=True, slots=True)
class Parsed:
    """One entry of a pasted text; what it does not say is None.

    problem is a code that `address_problems.sentence` puts into words; what is sound stands beside it. sure is False
    where the order of the name is a guess. source is the text as it stood, without what nobody sees.
    """

    given_name: str | None
    family_name: str | None
    email: str | None
    organisation: str | None
    problem: str | None
    sure: bool
    source: str


def parse_addresses(text: str, *, organisations: Collection[str] = ()) -> list[Parsed]:
    """Return who is named in a text pasted from an address field, a list or a table, in its order, repeated or not.

    organisations are names and abbreviations that are known beside the state's. Nothing is raised for any text.
    """
    known = Known(organisations)
    even = with_tabs(made_even(text))
    entries = entries_in(even, known)
    names = _names(entries, known)
    if habit := _habit(names):
        unclear = [place for place, name in enumerate(names) if not name.sure and name.given and name.family]
        for place, name in zip(unclear, _names([entries[place] for place in unclear], known, habit), strict=True):
            names[place] = name
    return [_parsed(entry, name, even) for entry, name in zip(entries, names, strict=True)]


def _names(entries: list[Entry], known: Known, habit: float = 0) -> list[Named]:
    """Return the name of each entry; of those that are written alike only the first is read."""
    read: dict[tuple, Named] = {}
    names = []
    for entry in entries:
        written = (*entry.names, None, *entry.notes, entry.local, entry.address is None, entry.ordered, entry.formula)
        if entry.by_headings or written not in read:
            read[written] = named(entry, known, habit)
        names.append(read[written])
    return names


def _parsed(entry: Entry, name: Named, text: str) -> Parsed:
    source = text[entry.start : entry.end].strip(" ,;\t\n|")
    wrong = wrong_with(entry.address) if entry.address is not None else None
    if wrong is None and entry.local.lower() in PATTERNS and name.given and not related(entry.words, entry.local):
        wrong = "pattern"
    turned = "turned" if OVERRIDE in source else None
    return Parsed(
        given_name=name.given or None,
        family_name=name.family or None,
        email=entry.address if entry.address and wrong is None else None,
        organisation=name.organisation or None,
        problem=wrong or turned or ("hidden" if entry.hidden else name.problem),
        sure=name.sure,
        source=source.replace(OVERRIDE, ""),
    )


def _habit(names: list[Named]) -> float:
    """Return the order of the names of which it is clear, 0 where they differ or there are too few."""
    leans = [name.lean for name in names if name.lean]
    family_first = sum(lean < 0 for lean in leans)
    given_first = len(leans) - family_first
    if len(leans) < 2 or max(family_first, given_first) < HABIT * min(family_first, given_first):
        return 0
    return -3.0 if family_first > given_first else 3.0
