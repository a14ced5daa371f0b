"""Recipients as expressions. Pure.

A list, a paper's Jakelu and its Tiedoksi are rows of terms; `app/distribution/ways.py` says whom they reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

GROUP_ROLES = {
    None: ("chair", "vice_chair", "member", "deputy", "expert", "secretary"),
    "chair": ("chair",),
    "secretaries": ("secretary",),
    "members": ("chair", "vice_chair", "member"),
    "leaders": ("leader",),
}
EVENT_KINDS = ("invited", "attended", "declined", "unanswered")


@dataclass(frozen=True, slots=True)
class Term:
    """One item: kind with the id of its person, group, list or organisation; who narrows a group by role.

    event_id belongs to the event's kinds; None there means the event whose paper it is. text resolves to nobody.
    excepts are whom this item leaves out; each is a term with exceptions of its own.
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


def within(terms: Iterable[Term]) -> Iterator[Term]:
    """Every term with its exceptions, however deep."""
    for term in terms:
        yield term
        yield from within(term.excepts)


def lists_in(terms: Iterable[Term]) -> list[int]:
    """Return the ids of the lists that terms and their exceptions name, each once, in order."""
    return list(dict.fromkeys(term.id for term in within(terms) if term.kind == "list" and term.id is not None))


def loop(list_id: int, terms: Iterable[Term], lists: Mapping[int, Sequence[Term]]) -> list[int] | None:
    """Return the path of list ids by which a list with these terms would hold itself, or None."""
    pending = [(inner, [list_id]) for inner in lists_in(terms)]
    seen: set[int] = set()
    while pending:
        inner, path = pending.pop()
        if inner == list_id:
            return [*path, list_id]
        if inner not in seen:
            seen.add(inner)
            pending.extend((deeper, [*path, inner]) for deeper in lists_in(lists.get(inner, ())))
    return None
