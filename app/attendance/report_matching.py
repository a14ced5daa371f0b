"""Whom the people of an online meeting's report may be, of those who are invited. Pure.

An address, or a whole name in either order that only one has, tells who it is. Anything less is likeness, which
somebody has to confirm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from app.people.collation import folded

MOST = 3  # proposals of a row
COMPARED = 25  # those who share most with a row; to compare all with all would take a minute for a thousand
LIKE_ENOUGH = 0.72


class Known(NamedTuple):
    """Somebody who may be meant."""

    id: int
    given_name: str
    family_name: str
    email: str | None


class Match(NamedTuple):
    """Who it is, None where that is not sure; why: email or name. likely: who it may be, the likeliest first."""

    person_id: int | None
    why: str | None
    likely: tuple[int, ...] = ()


class Matcher:
    """Finds written people among the known ones."""

    def __init__(self, known: Iterable[Known]):
        self.by_email: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.names: dict[int, str] = {}
        for one in known:
            if one.email:
                self.by_email[one.email.lower()] = one.id
            name = plain(f"{one.given_name} {one.family_name}")
            self.names[one.id] = name
            self.by_name[name].append(one.id)
            for word in keys(name):
                self.by_word[word].append(one.id)

    def match(self, names: Sequence[str], email: str) -> Match:
        """Return whom one row means, of its name and what else it is called by."""
        if email in self.by_email:
            return Match(self.by_email[email], "email")
        written = [plain(name) for name in names if name]
        for name in written:
            if len(self.by_name.get(name, ())) == 1 and " " in name:
                return Match(self.by_name[name][0], "name")
        return Match(None, None, tuple(self._likely(written)[:MOST]))

    def _likely(self, written: Sequence[str]) -> list[int]:
        weighed: dict[int, float] = {}
        for name in written:
            shared = Counter(id for key in sorted(keys(name)) for id in self.by_word.get(key, ()))
            for id, _often in shared.most_common(COMPARED):
                weighed[id] = max(weighed.get(id, 0), likeness(name, self.names[id]))
        enough = [id for id, weight in weighed.items() if weight >= LIKE_ENOUGH]
        return sorted(enough, key=lambda id: (-weighed[id], self.names[id], id))


def plain(name: str) -> str:
    """A name as it is compared: its words without case, marks and hyphens, in the order of the alphabet."""
    return " ".join(sorted(folded(name).replace("-", " ").replace(",", " ").replace(".", " ").split()))


def keys(name: str) -> set[str]:
    """What two names have to share one of to be compared: a word, or the beginning of one."""
    return {word[:length] for word in name.split() if len(word) > 1 for length in (3, 5, len(word))}


def likeness(a: str, b: str) -> float:
    """From 0 to 1: names of equal words but for one that is left out or shortened are alike, whatever else is."""
    if a == b:
        return 1.0
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) > 1 and all(any(word == other for other in long) for word in short):
        return 0.95
    initials = sum(any(_stands_for(word, other) for other in long) for word in short)
    if len(short) == len(long) > 1 and initials == len(short):
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _stands_for(word: str, other: str) -> bool:
    return word.startswith(other) or other.startswith(word)
