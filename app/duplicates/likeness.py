"""Which two records of the address book may be one person, and why. Pure.

Everybody is not compared with everybody: records that share a key (an address, a name, a local part) stand in one
block, and only within a block pairs are judged ("blocking" of record linkage: Christen, Data Matching, 2012, ch. 4).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, Protocol

from app.people.collation import folded

# strongest first
REASONS = (
    "address",  # the same but for capitals and a tag after +
    "name_and_organisation",
    "local_part",  # the same before @, at two domains of one organisation
    "letters",  # the same name without its marks (Äijälä, Aijala), one organisation
    "swapped",  # given and family name have changed places
    "no_address",  # the same name, one without an address
    "no_organisation",  # the same name, one without an organisation
    "middle_name",  # one more given name, or its initial
    "one_letter",  # a slip in the family name, one organisation
)
ALL_PAIRS = 40  # in a larger block everybody is compared with this many next ones, half of it
FEW = 8  # so many are compared with each other sooner than their names are taken apart
SHORTEST = 4  # family names shorter than this differ by a letter because they are different names

BETWEEN = re.compile(r"[\W_]+")


class Known(Protocol):
    id: int
    given_name: str
    family_name: str
    email: str | None
    organisation_id: int | None


class Proposal(NamedTuple):
    """Two people's ids, the older first, and why they may be one, the strongest reason first."""

    person_id: int
    other_id: int
    reasons: tuple[str, ...]


class Record(NamedTuple):
    """A person as compared: names without marks, capitals and hyphens; as_is only with small letters."""

    id: int
    given: str
    family: str
    as_is: tuple[str, str]
    address: str
    local: str
    organisation: int | None


def proposals(people: Iterable[Known], distinct: Collection[tuple[int, int]] = ()) -> list[Proposal]:
    """Return the pairs that may be one person, strongest first, then the oldest; distinct: pairs, the smaller id first,
    that were said to be two people."""
    records = [record(person) for person in people]
    found: dict[tuple[int, int], Proposal] = {}
    for a, b in candidates(records):
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if pair not in found and pair not in distinct and (why := reasons(a, b)):
            found[pair] = Proposal(*pair, why)
    return sorted(found.values(), key=lambda one: (REASONS.index(one.reasons[0]), -len(one.reasons), one[:2]))


def record(person: Known) -> Record:
    """Return a person as compared."""
    address = tagless(person.email)
    return Record(
        person.id, plain(person.given_name), plain(person.family_name),
        (person.given_name.casefold(), person.family_name.casefold()),
        address, address.partition("@")[0], person.organisation_id,
    )  # fmt: skip


def reasons(a: Record, b: Record) -> tuple[str, ...]:
    """Return why two records may be one person, strongest first; empty where nothing speaks for it."""
    together = a.organisation is not None and a.organisation == b.organisation
    found = []
    if a.address and a.address == b.address:
        found.append("address")
    elif a.local and a.local == b.local and together:
        found.append("local_part")
    if name := _by_name(a, b, together):
        found.append(name)
    return tuple(sorted(found, key=REASONS.index))


def _by_name(a: Record, b: Record, together: bool) -> str | None:
    loose = not (a.address and b.address) or a.organisation is None or b.organisation is None
    if (a.given, a.family) == (b.given, b.family) and a.family:
        if together:
            return "name_and_organisation" if a.as_is == b.as_is else "letters"
        if not (a.address and b.address):
            return "no_address"
        return "no_organisation" if loose else None
    if a.given and a.family and (a.given, a.family) == (b.family, b.given):
        return "swapped"
    if a.family == b.family and (together or loose) and more_given_names(a.given, b.given):
        return "middle_name"
    return "one_letter" if together and a.given == b.given and one_letter_apart(a.family, b.family) else None


def more_given_names(a: str, b: str) -> bool:
    """Whether one row of given names is the other with more of them; an initial stands for a name."""
    if a == b or not a or a[0] != b[:1] or (len(a) > 1 and len(b) > 1 and " " not in a + b):
        return False
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), sum(map(len, words))))
    rest = iter(long)
    return all(any(_stands_for(word, other) for other in rest) for word in short)


def _stands_for(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))


def one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter was changed, left out, or put in, or two neighbours have changed places."""
    if a == b or min(len(a), len(b)) < SHORTEST or abs(len(a) - len(b)) > 1:
        return False
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def candidates(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield every pair that a reason can hold for, some of them more than once, in time that grows with the records."""
    blocks: dict[tuple, list[Record]] = defaultdict(list)
    families: dict[tuple, list[Record]] = defaultdict(list)
    colleagues: dict[tuple, list[Record]] = defaultdict(list)
    for one in records:
        if one.address:
            blocks["address", one.address].append(one)
            if one.organisation is not None:
                blocks["local", one.local, one.organisation].append(one)
        if one.given:
            blocks["names", *sorted((one.given, one.family))].append(one)
        families[one.given[:1], one.family].append(one)
        if one.organisation is not None:
            colleagues[one.given, one.organisation].append(one)
    for initial, namesakes in families.items():
        if len(namesakes) > 1:
            yield from _namesakes(namesakes, blocks, initial)
    for namesakes in colleagues.values():
        if len(namesakes) <= FEW:
            yield from combinations(namesakes, 2)
        else:
            for one in namesakes:
                for shorter in without_a_letter(one.family):
                    blocks["letter", one.given, one.organisation, shorter].append(one)
    for block in blocks.values():
        yield from pairs(block)


def _namesakes(namesakes: Sequence[Record], blocks: dict, initial: tuple) -> Iterator[tuple[Record, Record]]:
    # of one organisation with each other; those without an address or organisation with everybody
    for one in namesakes:
        if one.organisation is not None:
            blocks["family", *initial, one.organisation].append(one)
    loose = [one for one in namesakes if not one.address or one.organisation is None]
    for one in loose[:ALL_PAIRS]:
        yield from ((one, other) for other in namesakes if other.id != one.id)


def pairs(block: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield the pairs of a block; in a large one each record with its next neighbours only."""
    if len(block) <= ALL_PAIRS:
        yield from combinations(block, 2)
        return
    for place, one in enumerate(block):
        yield from ((one, other) for other in block[place + 1 : place + 1 + ALL_PAIRS // 2] if other.id != one.id)


def without_a_letter(name: str) -> set[str]:
    """A name as it is and with each one of its letters left out: names that are a letter apart share one of these."""
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}


@lru_cache(65536)
def plain(name: str) -> str:
    """A name as it is compared: without capitals, marks, hyphens and points."""
    return BETWEEN.sub(" ", folded(name)).strip()


def tagless(email: str | None) -> str:
    """An address in small letters without what stands after + before @ (RFC 5233 calls it detail)."""
    local, at, domain = (email or "").lower().rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"
