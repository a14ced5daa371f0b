"""Brings in who belongs to groups: a key that is there replaces what the group had under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.eventfiles.installed import in_parts
from app.people.models import Group, Membership

if TYPE_CHECKING:
    from app.eventfiles.importing.book import Book

Seat = tuple[int, str, int | None]  # person, role, whose deputy


def import_members(
    session: Session, groups: Sequence[tuple[Group, Mapping[str, Any]]], book: Book
) -> dict[int, list[str]]:
    """Store the members and leaders of groups that were made or matched; return what changed in words, by group id."""
    before = _seats(session, [group.id for group, _entry in groups])
    changes: dict[int, list[str]] = defaultdict(list)
    replaced: dict[int, list[Seat]] = {}
    for group, entry in groups:
        had = before.get(group.id, [])
        parts = {
            "members": [seat for seat in had if seat[1] != "leader"],
            "leaders": [s for s in had if s[1] == "leader"],
        }
        for key, new in (("members", _members(entry, book)), ("leaders", _leaders(entry, book))):
            if key in entry and new != parts[key]:
                changes[group.id].append(f"{key}: {len(parts[key])} → {len(new)}")
                parts[key] = new
        if group.id in changes:
            replaced[group.id] = parts["members"] + parts["leaders"]
    for part in in_parts(replaced):
        session.execute(delete(Membership).where(Membership.group_id.in_(part)))
    session.add_all(_rows(replaced))
    session.flush()
    return changes


def _rows(seats: Mapping[int, Iterable[Seat]]) -> Iterable[Membership]:
    for group_id, of_group in seats.items():
        for position, (person_id, role, deputy_for) in enumerate(of_group):
            yield Membership(
                group_id=group_id, person_id=person_id, role=role, deputy_for_id=deputy_for, position=position
            )


def _members(entry: Mapping[str, Any], book: Book) -> list[Seat]:
    return [
        (book.person(one["person"]).id, one.get("role") or "member", book.person_id(one.get("deputy_for")))
        for one in entry.get("members") or ()
    ]


def _leaders(entry: Mapping[str, Any], book: Book) -> list[Seat]:
    return [(book.person(one).id, "leader", None) for one in entry.get("leaders") or ()]


def _seats(session: Session, groups: Iterable[int]) -> dict[int, list[Seat]]:
    seats: dict[int, list[Seat]] = defaultdict(list)
    for part in in_parts(groups):
        query = select(Membership).where(Membership.group_id.in_(part))
        for row in session.scalars(query.order_by(Membership.position, Membership.id)):
            seats[row.group_id].append((row.person_id, row.role, row.deputy_for_id))
    return seats
