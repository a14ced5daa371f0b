"""Brings in organisations, people, groups and lists: what is there is matched and changed, the rest is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eventfiles.columns import GROUP, ORGANISATION, PERSON, filled, into_columns
from app.eventfiles.importing.memberships import import_members
from app.eventfiles.importing.report import Report, changed, person_words
from app.eventfiles.installed import in_parts
from app.eventfiles.kinds import each
from app.eventfiles.names import Names, PersonKey, folded, substitutes
from app.eventfiles.shape import Who
from app.people.models import Group, Organisation, Person
from app.people.names import split_name


@dataclass
class Book:
    """The rows behind the names of a file: what a reference in it means."""

    names: Names
    people: dict[PersonKey, Person] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)

    def person(self, who: Who) -> Person:
        return self.people[self.names.person(who)]

    def person_id(self, who: Who | None) -> int | None:
        return self.person(who).id if who else None

    def organisation_id(self, name: str | None) -> int | None:
        return self.organisations[self.names.organisation(name)] if name else None

    def bodies(self, names: Iterable[str]) -> list[dict[str, int]]:
        """The columns of those who are represented: group_id or organisation_id."""
        found = []
        for name in names:
            column, key = self.names.body(name)
            found.append({column: (self.groups if column == "group_id" else self.organisations)[key]})
        return found


def import_book(session: Session, draft: Mapping[str, Any], names: Names, report: Report) -> Book:
    """Make or change everybody and everything that a checked file lists, but for what its lists hold."""
    book = Book(names)
    _import_organisations(session, draft, book, report)
    _import_people(session, draft, book, report)
    _import_groups(session, draft, book, report)
    return book


def rows_by_id(session: Session, model: type, ids: Iterable[int]) -> dict[int, Any]:
    return {
        row.id: row for part in in_parts(set(ids)) for row in session.scalars(select(model).where(model.id.in_(part)))
    }


def _import_organisations(session: Session, draft: Mapping[str, Any], book: Book, report: Report) -> None:
    installed = {folded(name): id for id, name, _short in reversed(book.names.installed.organisations)}
    entries = [(folded(entry["name"]), entry) for _place, entry in each(draft.get("organisations"), "")]
    rows = rows_by_id(session, Organisation, (installed[key] for key, _entry in entries if key in installed))
    made: dict[str, Organisation] = {}
    for key, entry in entries:
        if key in installed:
            row = rows[installed[key]]
            changes = changed(row, into_columns(entry, ORGANISATION), _paths(ORGANISATION), {})
            report.matched("organisation", row.name, changes)
        else:
            made[key] = Organisation(name=entry["name"], **filled(entry, ORGANISATION))
            report.created("organisation", entry["name"])
    session.add_all(made.values())
    session.flush()
    book.organisations = installed | {key: row.id for key, row in made.items()}


def _import_people(session: Session, draft: Mapping[str, Any], book: Book, report: Report) -> None:
    installed = book.names.installed
    ids = {**installed.emails, **installed.nameless}
    rows = rows_by_id(session, Person, ids.values())
    book.people = {key: rows[id] for key, id in ids.items()}
    called = {
        book.organisations[folded(one["name"])]: one["name"] for _spot, one in each(draft.get("organisations"), "")
    }
    called |= {id: name for id, name, _short in installed.organisations}
    made = []
    for _place, entry in each(draft.get("people"), ""):
        key = book.names.key_of(entry)
        if key in book.people:
            row = book.people[key]
            values = _renamed(row, entry) | _person_columns(entry, book)
            report.matched(
                "person", person_words(row), changed(row, values, _paths(PERSON) | NAMES, {"organisation_id": called})
            )
        else:
            row = Person(**_name_parts(entry), email=entry.get("email"), **_person_columns(entry, book))
            book.people[key] = row
            made.append(row)
    for email, name in substitutes(draft.get("event") or {}).items():
        if email.lower() not in book.people:
            book.people[email.lower()] = row = Person(**_name_parts({"name": name}), email=email)
            made.append(row)
    for row in made:
        report.created("person", person_words(row))
    session.add_all(made)
    session.flush()


NAMES = {"given_name": "given_name", "family_name": "family_name", "organisation_id": "organisation"}


def _person_columns(entry: Mapping[str, Any], book: Book) -> dict[str, Any]:
    values = into_columns(entry, PERSON)
    if "organisation" in entry:
        values["organisation_id"] = book.organisation_id(entry["organisation"])
    return values


def _name_parts(entry: Mapping[str, Any]) -> dict[str, str]:
    if entry.get("name"):
        given, family = split_name(entry["name"])
        return {"given_name": given, "family_name": family}
    return {"given_name": entry.get("given_name") or "", "family_name": entry["family_name"]}


def _renamed(row: Person, entry: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a name that is new; one written as a whole says nothing of where a known one is divided."""
    if entry.get("name") and folded(entry["name"]) == folded(row.name):
        return {}
    return _name_parts(entry)


def _import_groups(session: Session, draft: Mapping[str, Any], book: Book, report: Report) -> None:
    installed = book.names.installed.groups
    entries = [(folded(entry["name"]), entry) for _place, entry in each(draft.get("groups"), "")]
    rows = rows_by_id(session, Group, (installed[key] for key, _entry in entries if key in installed))
    called = {id: name for id, name, _short in book.names.installed.organisations}
    groups: list[tuple[Group, Mapping[str, Any]]] = []
    changes: dict[str, list[str]] = {}
    for key, entry in entries:
        if key in installed:
            row = rows[installed[key]]
            values = into_columns(entry, GROUP) | _parent(entry, book)
            changes[key] = changed(row, values, _paths(GROUP) | {"parent_id": "parent"}, {"parent_id": called})
        else:
            row = Group(name=entry["name"], **filled(entry, GROUP), **_parent(entry, book))
            session.add(row)
        groups.append((row, entry))
    session.flush()
    book.groups = dict(installed) | {folded(row.name): row.id for row, _entry in groups}
    members = import_members(session, groups, book)
    for (row, _entry), (key, _same) in zip(groups, entries, strict=True):
        if key in installed:
            report.matched("group", row.name, changes[key] + members.get(row.id, []))
        else:
            report.created("group", row.name)


def _parent(entry: Mapping[str, Any], book: Book) -> dict[str, Any]:
    return {"parent_id": book.organisation_id(entry["parent"])} if "parent" in entry else {}


def _paths(table: Mapping[str, str]) -> dict[str, str]:
    return {column: path for path, column in table.items()}
