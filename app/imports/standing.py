"""Who stays when an import is taken back, since papers, answers or places in groups refer to them by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from app.imports.models import ImportRow
from app.people.models import Group, Organisation, Person
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


def own_places(made: Mapping[str, Any]) -> dict[str, int]:
    return {"memberships": len(made.get("memberships", ())), "recipients": len(made.get("recipients", ()))}


def why(counts: Mapping[str, int]) -> str:
    """Say what refers to somebody, in the language of the moment."""
    return ", ".join(trace_words(table, count) for table, count in counts.items())
