"""Places the people of an import in groups and on a list; whoever is there already stays as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.imports.models import ImportRow
from app.people.models import DistributionList, Group, Membership, Recipient


def place_in_groups(session: Session, everybodys_id: int | None, rows: Iterable[ImportRow]) -> None:
    """Make people members of the group that their row names, and of the one that is everybody's.

    Whoever has a place there already keeps it and gets no second one; leading a group is none.
    """
    wanted: dict[tuple[int, int], ImportRow] = {}
    for row in rows:
        for group_id in filter(None, (row.values.get("group_id"), everybodys_id)):
            wanted.setdefault((group_id, row.person_id), row)
    if not wanted:
        return
    groups = {group_id for group_id, _person_id in wanted}
    groups = set(session.scalars(select(Group.id).where(Group.id.in_(groups))))  # one may have been deleted since
    people = {person_id for _group_id, person_id in wanted}
    there = select(Membership.group_id, Membership.person_id).where(
        Membership.group_id.in_(groups), Membership.person_id.in_(people), Membership.role != "leader"
    )
    placed = {tuple(row) for row in session.execute(there)}
    last = select(Membership.group_id, func.max(Membership.position)).where(Membership.group_id.in_(groups))
    ends = dict(session.execute(last.group_by(Membership.group_id)).all())
    places, whose = [], []
    for (group_id, person_id), row in wanted.items():
        if group_id in groups and (group_id, person_id) not in placed:
            ends[group_id] = ends.get(group_id, -1) + 1
            places.append({"group_id": group_id, "person_id": person_id, "role": "member", "position": ends[group_id]})
            whose.append(row)
    if places:
        ids = session.scalars(insert(Membership).returning(Membership.id, sort_by_parameter_order=True), places)
        _note("memberships", whose, ids)


def place_on_list(session: Session, list_id: int, rows: Sequence[ImportRow]) -> None:
    """Put people at the end of a distribution list, one by one."""
    field_id = session.scalar(select(DistributionList.field_id).where(DistributionList.id == list_id))
    if field_id is None:  # deleted since
        return
    own = Recipient.field_id == field_id, Recipient.except_of_id.is_(None)
    there = set(session.scalars(select(Recipient.person_id).where(*own, Recipient.kind == "person")))
    end = session.scalar(select(func.coalesce(func.max(Recipient.position), -1)).where(*own))
    added = {row.person_id: row for row in reversed(rows) if row.person_id not in there}
    items = [
        {"field_id": field_id, "kind": "person", "person_id": person_id, "position": end + place}
        for place, person_id in enumerate(reversed(added), 1)
    ]
    if items:
        ids = session.scalars(insert(Recipient).returning(Recipient.id, sort_by_parameter_order=True), items)
        _note("recipients", list(reversed(added.values())), ids)


def _note(what: str, rows: Iterable[ImportRow], ids: Iterable[int]) -> None:
    for row, identity in zip(rows, ids, strict=True):
        row.made = row.made | {what: [*row.made.get(what, []), identity]}
