"""Whom terms reach, and by which ways. Pure.

A *way* leads from an item of a field through the lists inside it to the term that names the person or the body or the
answer by which they are reached: `(list, list, term)`, mostly just `(term,)`.

**One person is reached once, by the strongest way:** by name, because they took part, by what they answered to an event
or that they were invited, by a role in a group (chair, secretaries, leaders, members), as one of a group, as one of an
organisation. A way through lists is as strong as the term at its end, so that it makes no difference to the strength
whether a list is written out; of equally strong ways the one through fewer lists counts, then the one printed first.

**An exception belongs to its item:** within the item nobody excepted is reached, whatever lists it leads through. The
same person may still be reached by another item (`still_reached` finds them); an exception of the whole field is one
on every item that reaches them (`app/distribution/altering.py`).

Whom the terms reach, and by which ways, does not hang on the order of the terms; the order in which people are given
does. A list inside itself, which is refused where lists are edited, adds nobody again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.distribution.recipients import EVENT_KINDS, GROUP_ROLES, Convened, Sources, Term, lists_in

Way = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A person with every way that leads to them, the strongest first; through one item each term leads only once."""

    person_id: int
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class StillReached:
    """People whom an item leaves out, by the exception at a place, and whom another item reaches all the same."""

    item: int
    exception: int
    people: Sequence[Reached]


def resolve(terms: Iterable[Term], sources: Sources) -> list[Reached]:
    """Return whom the terms reach, each person once, in the order of the items that reach them first."""
    resolution = _Resolution(sources)
    found: dict[int, tuple[Way, ...]] = {}
    for term in dict.fromkeys(terms):
        for person_id, ways in resolution.of(term).items():
            found[person_id] = found[person_id] + ways if person_id in found else ways
    return [
        Reached(person_id, tuple(sorted(ways, key=strength)) if len(ways) > 1 else ways)
        for person_id, ways in found.items()
    ]


def people_in(term: Term, sources: Sources) -> set[int]:
    """Return the ids of the people whom one term reaches."""
    return set(_Resolution(sources).of(term))


def strength(way: Way) -> tuple[int, int]:
    """Return what ways are compared by, the strongest the smallest."""
    end = way[-1]
    if end.kind == "person":
        rank = 0
    elif end.kind == "attended":
        rank = 1
    elif end.kind in EVENT_KINDS:
        rank = 2
    elif end.kind == "group":
        rank = 3 if end.who else 4
    else:
        rank = 5
    return rank, len(way)


def still_reached(terms: Sequence[Term], sources: Sources, reached: Iterable[Reached]) -> list[StillReached]:
    """Return the exceptions whose people are reached by other items; reached is what `resolve` gave for the terms."""
    there = {one.person_id: one for one in reached} if any(term.excepts for term in terms) else {}
    found = []
    for item, term in enumerate(terms):
        for exception, but in enumerate(term.excepts):
            people = [there[person_id] for person_id in _Resolution(sources).of(but) if person_id in there]
            if people:
                found.append(StillReached(item, exception, people))
    return found


class _Resolution:
    """Each list is resolved once, however many ways lead to it."""

    def __init__(self, sources: Sources):
        self.sources = sources
        self.known: dict[tuple[int, frozenset[int]], dict[int, tuple[Way, ...]]] = {}
        self.deeper: dict[int, frozenset[int]] = {}

    def of(self, term: Term, inside: frozenset[int] = frozenset()) -> dict[int, tuple[Way, ...]]:
        """Return the ways by person through one term; inside are the lists that lead to it."""
        if term.kind == "list" and term.id is not None:
            inner = self._of_list(term.id, inside)
            # the people of one group share their ways
            longer = {id(ways): tuple((term, *way) for way in ways) for ways in inner.values()}
            reached = {person_id: longer[id(ways)] for person_id, ways in inner.items()}
        else:
            reached = dict.fromkeys(_direct(term, self.sources), ((term,),))
        for but in term.excepts:
            for person_id in self.of(but, inside):
                reached.pop(person_id, None)
        return reached

    def _of_list(self, list_id: int, inside: frozenset[int]) -> dict[int, tuple[Way, ...]]:
        if list_id in inside:
            return {}
        # of the lists that lead here, only those that are met again further down make a difference
        key = list_id, inside & self._below(list_id)
        if key not in self.known:
            found: dict[int, tuple[Way, ...]] = {}
            for item in self.sources.lists.get(list_id, ()):
                for person_id, ways in self.of(item, inside | {list_id}).items():
                    found[person_id] = _shortest(found[person_id] + ways) if person_id in found else ways
            self.known[key] = found
        return self.known[key]

    def _below(self, list_id: int) -> frozenset[int]:
        if list_id not in self.deeper:
            found: set[int] = set()
            pending = [list_id]
            while pending:
                inner = [one for one in lists_in(self.sources.lists.get(pending.pop(), ())) if one not in found]
                found.update(inner)
                pending.extend(inner)
            self.deeper[list_id] = frozenset(found)
        return self.deeper[list_id]


def _shortest(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Of the ways that end in the same term the shortest, so that lists in lists do not multiply them."""
    ends: dict[Term, Way] = {}
    for way in ways:
        known = ends.get(way[-1])
        if known is None or len(way) < len(known):
            ends[way[-1]] = way
    return tuple(ends.values())


def _direct(term: Term, sources: Sources) -> Iterable[int]:
    if term.kind == "person" and term.id is not None:
        return (term.id,)
    if term.kind == "group":
        roles = GROUP_ROLES[term.who]
        return (person_id for person_id, role in sources.members.get(term.id, ()) if role in roles)
    if term.kind == "organisation":
        return sources.organisations.get(term.id, ())
    if term.kind in EVENT_KINDS:
        return getattr(sources.events.get(term.event_id, Convened()), term.kind)
    return ()
