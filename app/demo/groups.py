"""What the demo's groups are beyond an event file: their purposes, themes, terms, parts and members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.people.groups import add_group, change_group
from app.people.members import add_member
from app.people.models import Group, Organisation, Person

PLAIN = ("kind", "purpose")


def settle_groups(session: Session, groups: Sequence[Mapping[str, Any]]) -> None:
    """Give the groups of the register, and those that are only here, what groups.json says; days are absolute."""
    known = {group.name: group for group in session.scalars(select(Group).options(selectinload(Group.themes)))}
    people = dict(session.execute(select(Person.email, Person.id)).all())
    bodies = {
        name: row.id
        for row in session.execute(select(Organisation.id, Organisation.name, Organisation.abbreviation))
        for name in (row.name, row.abbreviation)
    }
    for told in groups:
        values = {key: told[key] for key in PLAIN if key in told}
        values |= {f"term_{key}": date.fromisoformat(told[key]) for key in ("starts", "ends") if key in told}
        values |= {"parent_id": bodies[told["parent"]]} if "parent" in told else {}
        values |= {"part_of_id": known[told["part_of"]].id} if "part_of" in told else {}
        group = known.get(told["name"])
        if group is None:
            known[told["name"]] = group = add_group(session, {"name": told["name"], "themes": ()})
        change_group(group, {**values, "themes": told["themes"]})
        for role, addresses in (("chair", told.get("chair", ())), ("member", told.get("members", ()))):
            for address in addresses:
                add_member(session, group.id, person_id=people[address], role=role)
