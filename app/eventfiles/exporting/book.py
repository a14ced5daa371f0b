"""Writes the people, organisations, groups and lists that a document mentions, and those that these mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eventfiles.columns import GROUP, ORGANISATION, PERSON, from_columns
from app.eventfiles.exporting.mentions import Mention, mention, mentions_in, without_empty
from app.eventfiles.exporting.recipients import list_entries
from app.eventfiles.importing.book import rows_by_id
from app.eventfiles.installed import in_parts
from app.events.models import Event
from app.people.models import Group, Membership, Organisation, Person
from app.people.names import split_name


@dataclass
class Mentioned:
    """All that is mentioned: rows and finished entries by id."""

    people: dict[int, Person] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    entries: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    events: dict[int, Event] = field(default_factory=dict)

    def listed(self, kind: str) -> list[dict[str, Any]]:
        """Entries in the order in which they came into the installation."""
        return [self.entries[kind][id] for id in sorted(self.entries[kind])]


def everything_mentioned(session: Session, document: dict[str, Any]) -> Mentioned:
    """Follow a document's mentions, and theirs, until there is nothing new."""
    found = Mentioned()
    seen: set[Mention] = set()
    pending = set(mentions_in(document))
    while pending:
        seen |= pending
        ids = {kind: [one.id for one in pending if one.kind == kind] for kind in ("person", "group", "list", "event")}
        employers = {one.id for one in pending if one.kind == "everyone"}
        houses = {one.id for one in pending if one.kind in ("organisation", "everyone")}
        new: list[Any] = [Mention("person", id) for id in _employed(session, employers)]
        new += _add(found, "people", _people(session, found, ids["person"]))
        new += _add(found, "organisations", _organisations(session, found, houses))
        new += _add(found, "groups", _groups(session, ids["group"]))
        new += _add(found, "lists", list_entries(session, ids["list"]))
        found.events |= rows_by_id(session, Event, ids["event"])
        pending = set(mentions_in(new)) - seen
    return found


def _add(found: Mentioned, kind: str, entries: dict[int, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    found.entries[kind] |= entries
    return entries.values()


def _people(session: Session, found: Mentioned, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = rows_by_id(session, Person, ids)
    found.people |= rows
    return {
        id: without_empty(
            _named(row)
            | {"email": row.email, "organisation": mention("organisation", row.organisation_id)}
            | from_columns(row, PERSON)
        )
        for id, row in rows.items()
    }


def _named(row: Person) -> dict[str, str | None]:
    """The whole name where it is divided again as it is, else its parts."""
    if split_name(row.name) == (row.given_name, row.family_name):
        return {"name": row.name}
    return {"given_name": row.given_name or None, "family_name": row.family_name}


def _organisations(session: Session, found: Mentioned, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = rows_by_id(session, Organisation, ids)
    found.organisations |= rows
    return {id: {"name": row.name} | from_columns(row, ORGANISATION) for id, row in rows.items()}


def _groups(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    entries = {}
    members: dict[int, list[Membership]] = defaultdict(list)
    for part in in_parts(ids):
        query = select(Membership).where(Membership.group_id.in_(part))
        for row in session.scalars(query.order_by(Membership.position, Membership.id)):
            members[row.group_id].append(row)
    for id, row in rows_by_id(session, Group, ids).items():
        entries[id] = without_empty(
            {
                "name": row.name,
                **from_columns(row, GROUP),
                "parent": mention("organisation", row.parent_id),
                "members": [_member(one) for one in members[id] if one.role != "leader"],
                "leaders": [Mention("person", one.person_id) for one in members[id] if one.role == "leader"],
            }
        )
    return entries


def _member(row: Membership) -> dict[str, Any]:
    entry = {"person": Mention("person", row.person_id), "role": row.role}
    return without_empty(entry | {"deputy_for": mention("person", row.deputy_for_id)})


def _employed(session: Session, organisations: Iterable[int]) -> list[int]:
    ids = list(organisations)
    return list(session.scalars(select(Person.id).where(Person.organisation_id.in_(ids)))) if ids else []
