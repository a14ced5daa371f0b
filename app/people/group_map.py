"""The groups as a whole: by what they stand under, by theme, by term, and who leads what. Pure.

Groups come in the order of their names and stay in it wherever nothing else orders them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.people.collation import sort_key
from app.people.terms import Term


@dataclass(frozen=True)
class Lead:
    """Somebody who leads a group; order is the person's place in a register, role is chair or leader."""

    person_id: int
    name: str
    role: str
    order: str = ""


@dataclass(frozen=True)
class Mapped:
    """A group as the map shows it. part_of is the name of the whole that it is a part of, parent the organisation's."""

    id: int
    name: str
    kind: str | None
    term: Term
    parent_id: int | None = None
    parent: str | None = None
    part_of_id: int | None = None
    part_of: str | None = None
    themes: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    size: int = 0


@dataclass
class Branch:
    group: Mapped
    parts: list[Branch] = field(default_factory=list)


@dataclass
class Root:
    """An organisation with what stands under it; one without id holds what stands under none."""

    id: int | None
    name: str | None
    branches: list[Branch] = field(default_factory=list)


@dataclass
class Leader:
    """A person with the groups that they lead, in each with the roles."""

    person_id: int
    name: str
    groups: list[tuple[Mapped, list[str]]]


def by_parent(groups: Sequence[Mapped]) -> list[Root]:
    """Return the tree organisation, group, parts; a part whose whole is not among the groups stands by itself.

    Organisations come by name, and last what stands under none.
    """
    branches = {group.id: Branch(group) for group in groups}
    roots: dict[int | None, Root] = {}
    for group in groups:
        if group.part_of_id in branches and not _under_itself(group, branches):
            branches[group.part_of_id].parts.append(branches[group.id])
        else:
            root = roots.setdefault(group.parent_id, Root(group.parent_id, group.parent))
            root.branches.append(branches[group.id])
    return sorted(roots.values(), key=lambda root: (root.id is None, sort_key(root.name or "")))


def _under_itself(group: Mapped, branches: Mapping[int, Branch]) -> bool:
    # two people who changed two groups at the same time may have closed a loop: it is drawn, not followed for ever
    seen, here = {group.id}, group.part_of_id
    while here in branches and here not in seen:
        seen.add(here)
        here = branches[here].group.part_of_id
    return here == group.id


def within(branches: Iterable[Branch]) -> int:
    """Return how many groups stand in branches, with all their parts."""
    return sum(1 + within(branch.parts) for branch in branches)


def by_theme(groups: Iterable[Mapped]) -> list[tuple[str | None, list[Mapped]]]:
    """Return (theme, groups) by the theme's name, a group under each of its own; under None, last, those without."""
    themes: dict[str | None, list[Mapped]] = {}
    for group in groups:
        for theme in group.themes or (None,):
            themes.setdefault(theme, []).append(group)
    return sorted(themes.items(), key=lambda item: (item[0] is None, sort_key(item[0] or "")))


def by_term(groups: Iterable[Mapped]) -> list[Mapped]:
    """Return the groups by the end of their terms; those that end never, or nobody knows when, last."""
    return sorted(groups, key=lambda group: (group.term.ends is None, group.term.ends or 0, group.term.starts is None))


def leaders(groups: Iterable[Mapped]) -> list[Leader]:
    """Return who leads what: whoever leads the most first, then in the order of a register."""
    found: dict[int, tuple[str, Leader]] = {}
    for group in groups:
        for lead in group.leads:
            _order, leader = found.setdefault(lead.person_id, (lead.order, Leader(lead.person_id, lead.name, [])))
            if leader.groups and leader.groups[-1][0].id == group.id:
                leader.groups[-1][1].append(lead.role)
            else:
                leader.groups.append((group, [lead.role]))
    return [leader for _order, leader in sorted(found.values(), key=lambda it: (-len(it[1].groups), it[0]))]
