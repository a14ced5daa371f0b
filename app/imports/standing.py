"""Who stays when an import is taken back, since papers, answers or places in groups refer to them by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from app.imports.models import ImportRow
from app.people.models import Group, Organisation, Person
from app.people.names import whole_name
from app.people.traces import referring_columns, trace_words

Standing = dict[int, Counter]


def referred_to(
    session: Session, model: type[Person] | type[Organisation] | type[Group], ids: Collection[int] | Select
) -> Standing:
    """Return, for each of the rows that anything refers to, how many rows of which table do; by one statement."""
    counts = [
        select(column.label("whose"), literal(column.table.name).label("table"), func.count().label("n"))
        .select_from(column.table).where(column.in_(ids)).group_by(column)
        for column in referring_columns(model.__table__)
    ]  # fmt: skip
    standing: Standing = {}
    for whose, table, count in session.execute(counts[0].union_all(*counts[1:])):
        standing.setdefault(whose, Counter())[table] += count
    return standing


def staying_people(session: Session, import_id: int) -> Standing:
    """Return whom taking the import back would leave: what it made itself does not count."""
    made = select(ImportRow.person_id, ImportRow.made).where(
        ImportRow.import_id == import_id, ImportRow.made["person"].as_integer().is_not(None)
    )
    ours = select(ImportRow.made["person"].as_integer()).where(ImportRow.import_id == import_id)
    standing = referred_to(session, Person, ours)
    if standing:
        for person_id, things in session.execute(made):
            standing.get(person_id, Counter()).subtract(own_places(things))
    return {whose: left for whose, counts in standing.items() if (left := +counts)}


@dataclass(frozen=True)
class TakingBack:
    """What taking an import back does: names of those who go and of whom nobody may go, with why; how many regain."""

    going: list[str]
    staying: list[tuple[int, str, str]]
    restored: int
    organisations: list[str]
    groups: list[str]
    places: int


def taking_back(session: Session, import_id: int) -> TakingBack:
    """Return what would be lost, by name; by a fixed number of statements."""
    standing = staying_people(session, import_id)
    rows = session.execute(
        select(ImportRow.made, ImportRow.before, ImportRow.person_id, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == ImportRow.person_id).where(ImportRow.import_id == import_id)
        .order_by(Person.order_key, Person.id)
    ).all()  # fmt: skip
    people = [(row.person_id, whole_name(row.given_name, row.family_name)) for row in rows if row.made.get("person")]
    people = [(key, name) for key, name in people if key]
    bodies = []
    for kind, model in (("organisation", Organisation), ("group", Group)):
        ids = [row.made[kind] for row in rows if kind in row.made]
        bodies.append(list(session.scalars(select(model.name).where(model.id.in_(ids)).order_by(model.name))))
    return TakingBack(
        [name for key, name in people if key not in standing],
        [(key, name, why(standing[key])) for key, name in people if key in standing],
        sum(bool(row.before) for row in rows),
        *bodies,
        sum(sum(own_places(row.made).values()) for row in rows),
    )


def kept(session: Session, import_id: int) -> list[tuple[str, int, str, str]]:
    """Return what stayed when the import was taken back: its kind, id and name, and why; by a statement a kind."""
    stayed = []
    for kind, model in (("person", Person), ("organisation", Organisation), ("group", Group)):
        made = ImportRow.made[kind].as_integer()
        query = select(model, ImportRow.made).join(ImportRow, made == model.id).where(ImportRow.import_id == import_id)
        for thing, things in session.execute(query.order_by(model.id)):
            stayed.append((kind, thing.id, thing.name, why(things.get("stays", {}).get(kind, {}))))
    return stayed


def own_places(made: Mapping[str, Any]) -> dict[str, int]:
    return {"memberships": len(made.get("memberships", ())), "recipients": len(made.get("recipients", ()))}


def why(counts: Mapping[str, int]) -> str:
    """Say what refers to somebody, in the language of the moment."""
    return ", ".join(trace_words(table, count) for table, count in counts.items())
