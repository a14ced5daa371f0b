"""Reads the groups for their map and their pages: in a fixed number of statements, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.people.collation import sort_key
from app.people.group_map import Lead, Mapped
from app.people.models import Group, Membership, Organisation, Person, Theme
from app.people.terms import Coming, term_of

LEADING = ("chair", "leader")


def mapped_groups(session: Session, today: date, coming: Mapping[int, Sequence[Coming]]) -> list[Mapped]:
    """Return all groups by name, in four statements; coming: the events to come by group."""
    whole = aliased(Group)
    rows = session.execute(
        select(
            Group.id, Group.name, Group.kind, Group.term_starts, Group.term_ends, Group.parent_id, Group.part_of_id,
            Organisation.name.label("parent"), whole.name.label("part_of"),
        )
        .outerjoin(Organisation, Group.parent_id == Organisation.id)
        .outerjoin(whole, Group.part_of_id == whole.id)
    ).all()  # fmt: skip
    themes, leads, sizes = themes_by_group(session), leads_by_group(session), sizes_by_group(session)
    return [
        Mapped(
            id=row.id, name=row.name, kind=row.kind, parent_id=row.parent_id, parent=row.parent,
            term=term_of(row.term_starts, row.term_ends, today, coming.get(row.id, ())),
            part_of_id=row.part_of_id, part_of=row.part_of, themes=tuple(themes.get(row.id, ())),
            leads=tuple(leads.get(row.id, ())), size=sizes.get(row.id, 0),
        )
        for row in sorted(rows, key=lambda row: sort_key(row.name))
    ]  # fmt: skip


def themes_by_group(session: Session) -> dict[int, list[str]]:
    """Return the themes of each group that has any, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for group_id, name in session.execute(select(Theme.group_id, Theme.name).order_by(Theme.position)):
        found[group_id].append(name)
    return found


def leads_by_group(session: Session, group_ids: Collection[int] | None = None) -> dict[int, list[Lead]]:
    """Return who leads each group (of these, or of all), the chair first, then as its page orders them."""
    found: dict[int, list[Lead]] = defaultdict(list)
    query = select(Membership.group_id, Membership.role, Person).join(Membership.person)
    query = query.where(Membership.role.in_(LEADING)).order_by(Membership.role, Membership.position, Membership.id)
    if group_ids is not None:
        query = query.where(Membership.group_id.in_(group_ids))
    for group_id, role, person in session.execute(query):
        found[group_id].append(Lead(person.id, person.name, role, person.order_key))
    return found


def sizes_by_group(session: Session, group_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return how many people belong to each group (of these, or of all); its leaders need not."""
    query = select(Membership.group_id, func.count(Membership.person_id.distinct())).where(Membership.role != "leader")
    if group_ids is not None:
        query = query.where(Membership.group_id.in_(group_ids))
    return {group_id: size for group_id, size in session.execute(query.group_by(Membership.group_id))}


def themes_in_use(session: Session, *, besides: int | None = None) -> list[str]:
    """Return the themes that groups have, by name; besides is the id of a group that does not count."""
    query = select(Theme.name).distinct()
    return sorted(session.scalars(query.where(Theme.group_id != besides) if besides else query), key=sort_key)


def wholes(session: Session) -> dict[int, int | None]:
    """Return of what each group is a part: every group's id, with that of the whole or None."""
    return {group_id: part_of for group_id, part_of in session.execute(select(Group.id, Group.part_of_id))}


def group_options(session: Session) -> list[tuple[str, str]]:
    """Return what a field offers: (id, name) of every group, nothing first."""
    named = [(str(row.id), row.name) for row in session.execute(select(Group.id, Group.name))]
    return [("", "–"), *sorted(named, key=lambda option: sort_key(option[1]))]


def names_of_wholes(session: Session, group_ids: Collection[int]) -> dict[int, str]:
    """Return the name of that of which each of these groups is a part, where it is one."""
    whole = aliased(Group)
    query = select(Group.id, whole.name).join(whole, Group.part_of_id == whole.id).where(Group.id.in_(group_ids))
    return {group_id: name for group_id, name in session.execute(query)}


def parts_of_group(session: Session, group_id: int) -> list[Group]:
    """Return the groups that are parts of one, by name."""
    return sorted(session.scalars(select(Group).where(Group.part_of_id == group_id)), key=lambda it: sort_key(it.name))
