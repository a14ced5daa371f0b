"""What the address book holds of the people and bodies that some rows name, by a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.imports.columns import FIELDS
from app.imports.models import ImportRow
from app.imports.planning import Book, Known, body_key, name_key, same_key
from app.imports.values import Values
from app.people.models import Group, Organisation, Person

NAMES = ("name", "name_sv", "name_en", "abbreviation", "abbreviation_sv", "abbreviation_en")


def book_for(session: Session, import_id: int, rows: Mapping[int, Values]) -> Book:
    """Return the book for the rows of these numbers; the import's other rows are those that are not among them."""
    everybody = [read.fields for read in rows.values()]
    by_address = {known.email.lower(): known for known in people_with(session, everybody)}
    by_name = defaultdict(list)
    for known in people_called(session, rows.values()):
        by_name[name_key(known.given_name, known.family_name)].append(known)
    taken = taken_by_others(session, import_id, rows)
    claimed = claimed_by_others(session, import_id, rows, by_name.values())
    chosen = people_chosen(session, {read.chosen for read in rows.values() if read.chosen})
    bodies = (Organisation, "organisation", NAMES), (Group, "group", NAMES[:3])
    organisations, groups = (
        bodies_by_name(session, model, names) if any(kind in fields for fields in everybody) else {}
        for model, kind, names in bodies
    )
    return Book(organisations, groups, by_address, by_name, taken, claimed, chosen)


def people_with(session: Session, rows: Iterable[Mapping[str, str]]) -> list[Known]:
    """Return the people who have an address that a row has."""
    addresses = {fields["email"].lower() for fields in rows if fields.get("email")}
    return [_known(row) for row in session.execute(_people().where(func.lower(Person.email).in_(addresses)))]


def people_called(session: Session, rows: Iterable[Values]) -> list[Known]:
    """Return the people whose name a row has, whatever its case and, where that is a guess, its order."""
    names = {form for read in rows for name in _written(read) for form in lowered("\n".join(name))}
    called = func.lower(Person.given_name + "\n" + Person.family_name)
    return [_known(row) for row in session.execute(_people().where(called.in_(names)).order_by(Person.id))]


def _written(read: Values) -> set[tuple[str, str]]:
    name = read.fields.get("given_name", ""), read.fields.get("family_name", "")
    return {name, name[::-1]} if read.doubtful else {name}


def lowered(text: str) -> set[str]:
    """Return what the database may make of a text written as it is, or in small or large letters or with initials.

    PostgreSQL's lower() knows all letters, SQLite's only a to z.
    """
    return {text.lower(), *(_a_to_z(form) for form in (text, text.lower(), text.upper(), text.title()))}


def people_chosen(session: Session, ids: Collection[int]) -> dict[int, Known]:
    """Return those of the people who are there still, by id."""
    return {row.id: _known(row) for row in session.execute(_people().where(Person.id.in_(ids)))} if ids else {}


def _a_to_z(text: str) -> str:
    return text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)


def _people():
    return select(
        Person.id, Person.given_name, Person.family_name, Person.email, Person.title, Person.unit, Person.language,
        Person.organisation_id, Organisation.short.label("organisation"),
    ).outerjoin(Organisation, Organisation.id == Person.organisation_id)  # fmt: skip


def _known(row: Row) -> Known:
    return Known(*row)


def bodies_by_name(
    session: Session, model: type[Organisation] | type[Group], names: Sequence[str]
) -> dict[str, list[int]]:
    """Return the ids of all organisations or groups by each of their names; a whole name goes before abbreviations."""
    found: dict[str, list[int]] = {}
    short: dict[str, list[int]] = {}
    for row in session.execute(select(model.id, *(getattr(model, name) for name in names)).order_by(model.id)):
        for place, words in enumerate(row[1:]):
            ids = (found if place < 3 else short).setdefault(body_key(words), []) if words else []
            if row.id not in ids:
                ids.append(row.id)
    return short | found


def taken_by_others(session: Session, import_id: int, rows: Mapping[int, Values]) -> dict[str, tuple[int, dict]]:
    """Return which other rows of the import mean somebody whom these mean as well."""
    keys = {same_key(read.fields) for read in rows.values()}
    others = select(ImportRow.same, ImportRow.number, ImportRow.values).where(
        ImportRow.import_id == import_id, ImportRow.same.in_(keys), ImportRow.outcome != "refused",
        ~ImportRow.left_out, ImportRow.number.not_in(rows),
    )  # fmt: skip
    return {same: (number, fields_in(values)) for same, number, values in session.execute(others)}


def fields_in(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields among what is kept of a row."""
    written = {name: values.get(name) or values.get(f"left_{name}") for name in FIELDS if name != "name"}
    return {name: text for name, text in written.items() if text}


def claimed_by_others(
    session: Session, import_id: int, rows: Mapping[int, Values], possible: Iterable[Sequence[Known]]
) -> set[int]:
    """Return whom of the possible people another row of the import has been matched with."""
    ids = {known.id for same_name in possible for known in same_name}
    # of one person there are few rows, and of an import very many: no database is to go through these
    others = select(ImportRow.person_id, ImportRow.import_id, ImportRow.number).where(ImportRow.person_id.in_(ids))
    found = session.execute(others)
    return {known for known, theirs, number in found if theirs == import_id and number not in rows}
