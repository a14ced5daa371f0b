"""Reads of the address book that more than one page needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.db import Base
from app.errors import NotFound
from app.people.collation import folded, sort_key, words_of
from app.people.kinds import kind_words
from app.people.models import Group, Membership, Organisation, Person, Theme

Model = TypeVar("Model", bound=Base)


def by_id(session: Session, model: type[Model], identity: int, *options: Any) -> Model:
    """Return one row of a table with what `options` load; raises NotFound."""
    found = session.get(model, identity, options=options)
    if found is None:
        raise NotFound
    return found


def person_by_id(session: Session, person_id: int) -> Person:
    """Return a person with the organisation; raises NotFound."""
    return by_id(session, Person, person_id, joinedload(Person.organisation))


def people_by_id(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """Return people by their ids, in one statement; whoever is not there is left out."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}


def organisations_found(session: Session, query: str = "") -> list[Row]:
    """Return the organisations in whose names or abbreviations every word stands, by name, with how many people."""
    people = select(func.count()).where(Person.organisation_id == Organisation.id).scalar_subquery()
    rows = session.execute(
        select(
            Organisation.id, Organisation.name, Organisation.name_sv, Organisation.name_en, Organisation.abbreviation,
            Organisation.abbreviation_sv, Organisation.abbreviation_en, Organisation.print_as, people.label("people"),
        ).where(Organisation.found(query))
    )  # fmt: skip
    return sorted(rows, key=lambda row: sort_key(row.name))


def organisation_options(session: Session) -> list[tuple[str, str]]:
    """Return what a field offers: (id, "RM – rakenneministeriö") sorted as shown, nothing first."""
    rows = session.execute(select(Organisation.id, Organisation.abbreviation, Organisation.name))
    named = [(str(row.id), " – ".join(filter(None, (row.abbreviation, row.name)))) for row in rows]
    return [("", "–"), *sorted(named, key=lambda option: sort_key(option[1]))]


def groups_found(session: Session, query: str = "", *, parent_id: int | None = None) -> list[Row]:
    """Return the groups in whose names, kind, themes, organisation or whole every word of the query stands, by name.

    Rows have id, name, name_sv, name_en, kind, term_starts, term_ends, parent (abbreviation, else name), parent_name,
    part_of (the group that it is a part of) and found_by.
    """
    whole = aliased(Group)
    statement = select(
        Group.id, Group.name, Group.name_sv, Group.name_en, Group.kind, Group.term_starts, Group.term_ends,
        Organisation.short.label("parent"),
        Organisation.name.label("parent_name"), whole.name.label("part_of"), Group.found_by,
        Organisation.found_by.label("parent_found_by"), whole.found_by.label("whole_found_by"),
    ).outerjoin(Organisation, Group.parent_id == Organisation.id)  # fmt: skip
    statement = statement.outerjoin(whole, Group.part_of_id == whole.id)
    if parent_id is not None:
        statement = statement.where(Group.parent_id == parent_id)
    rows, words = session.execute(statement).all(), words_of(query)
    if words:
        themes, kinds = _folded_themes(session), {kind: folded(kind_words(kind)) for kind in {row.kind for row in rows}}
        around = [(row, _words_around(row, kinds[row.kind], themes.get(row.id, ""))) for row in rows]
        rows = [row for row, text in around if all(word in text for word in words)]
    return sorted(rows, key=lambda row: sort_key(row.name))


def _words_around(row: Row, kind: str, themes: str) -> str:
    return "\n".join((row.found_by, kind, row.parent_found_by or "", row.whole_found_by or "", themes))


def _folded_themes(session: Session) -> dict[int, str]:
    themes: dict[int, str] = {}
    for group_id, name in session.execute(select(Theme.group_id, Theme.name)):
        themes[group_id] = f"{themes.get(group_id, '')}\n{folded(name)}"
    return themes


def memberships_of(session: Session, person_id: int) -> list[Row[Membership, Group]]:
    """Return a person's places in groups, by the group's name."""
    query = select(Membership, Group).join(Group, Group.id == Membership.group_id)
    rows = session.execute(query.where(Membership.person_id == person_id))
    return sorted(rows, key=lambda row: sort_key(row[1].name))
