"""Recipients as expressions, and whom they reach. Pure.

A list, a paper's Jakelu and its Tiedoksi are rows of terms. A term resolves to people, less its own exceptions; one
person is reached once, by the first term that reaches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

GROUP_ROLES = {
    None: ("chair", "vice_chair", "member", "deputy", "expert", "secretary"),
    "chair": ("chair",),
    "secretaries": ("secretary",),
    "members": ("chair", "vice_chair", "member"),
    "leaders": ("leader",),
}
EVENT_KINDS = ("invited", "attended", "declined", "unanswered")


@dataclass(frozen=True)
class Term:
    """One item: kind with the id of its person, group, list or organisation; who narrows a group by role.

    event_id belongs to the event's kinds; None there means the event whose paper it is. text resolves to nobody.
    """

    kind: str
    id: int | None = None
    who: str | None = None
    event_id: int | None = None
    text: str | None = None
    excepts: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Convened:
    """People of one event, by ids in the order of the invitees."""

    invited: Sequence[int] = ()
    attended: Sequence[int] = ()
    declined: Sequence[int] = ()
    unanswered: Sequence[int] = ()


@dataclass(frozen=True)
class Sources:
    """What terms are resolved against. members: (person, role) in order; keys are ids, events' own is None."""

    members: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)
    organisations: Mapping[int, Sequence[int]] = field(default_factory=dict)
    lists: Mapping[int, Sequence[Term]] = field(default_factory=dict)
    events: Mapping[int | None, Convened] = field(default_factory=dict)


@dataclass(frozen=True)
class Reached:
    """A person with the term of the field that reached them first."""

    person_id: int
    by: Term


def resolve(terms: Iterable[Term], sources: Sources) -> list[Reached]:
    """Return whom the terms reach, in their order, each person once. A list inside itself adds nobody again."""
    reached: dict[int, Reached] = {}
    for term in terms:
        for person_id in _people(term, sources, frozenset()):
            reached.setdefault(person_id, Reached(person_id, term))
    return list(reached.values())


def _people(term: Term, sources: Sources, inside: frozenset[int]) -> list[int]:
    excepted = {person for but in term.excepts for person in _people(but, sources, inside)}
    return [person for person in dict.fromkeys(_all(term, sources, inside)) if person not in excepted]


def _all(term: Term, sources: Sources, inside: frozenset[int]) -> Iterator[int]:
    if term.kind == "person" and term.id is not None:
        yield term.id
    elif term.kind == "group":
        roles = GROUP_ROLES[term.who]
        yield from (person for person, role in sources.members.get(term.id, ()) if role in roles)
    elif term.kind == "organisation":
        yield from sources.organisations.get(term.id, ())
    elif term.kind in EVENT_KINDS:
        yield from getattr(sources.events.get(term.event_id, Convened()), term.kind)
    elif term.kind == "list" and term.id is not None and term.id not in inside:
        for item in sources.lists.get(term.id, ()):
            yield from _people(item, sources, inside | {term.id})


def loop(list_id: int, terms: Iterable[Term], lists: Mapping[int, Sequence[Term]]) -> list[int] | None:
    """Return the path of list ids by which a list with these terms would hold itself, or None."""
    pending = [(item, [list_id]) for item in within(terms) if item.kind == "list"]
    seen: set[int] = set()
    while pending:
        item, path = pending.pop()
        if item.id == list_id:
            return [*path, list_id]
        if item.id in seen or item.id is None:
            continue
        seen.add(item.id)
        pending.extend((inner, [*path, item.id]) for inner in within(lists.get(item.id, ())) if inner.kind == "list")
    return None


def within(terms: Iterable[Term]) -> Iterator[Term]:
    """Every term with its exceptions, however deep."""
    for term in terms:
        yield term
        yield from within(term.excepts)


def less(terms: Sequence[Term], index: int, but: Term) -> tuple[Term, ...]:
    """The terms with one more exception on the one at index."""
    changed = replace(terms[index], excepts=(*terms[index].excepts, but))
    return (*terms[:index], changed, *terms[index + 1 :])
