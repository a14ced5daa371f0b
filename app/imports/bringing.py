"""Brings what was planned into the address book, so many rows at a time, and notes what it did, to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.imports.book import NAMES, bodies_by_name, people_with
from app.imports.counting import APPLIED, planned_counts
from app.imports.models import Import, ImportRow
from app.imports.placing import place_in_groups, place_on_list
from app.people.collation import order_key
from app.people.found import found_by
from app.people.models import Group, Organisation, Person

CHUNK = 500
NEW = ("given_name", "family_name", "email", "title", "unit", "language")


def begin_bringing(session: Session, held: Import) -> bool:
    """Let what is previewed happen; False: it is happening or has happened already."""
    won = session.execute(
        update(Import).where(Import.id == held.id, Import.state == "checked").values(state="bringing_in", done=0)
    )
    session.refresh(held)
    return won.rowcount == 1


def bring_chunk(session: Session, held: Import, at: datetime) -> None:
    """Bring the next rows in; after the last one the import is done."""
    query = select(ImportRow).where(
        ImportRow.import_id == held.id, ImportRow.number > held.done, ImportRow.outcome.in_(APPLIED),
        ~ImportRow.left_out,
    )  # fmt: skip
    rows = list(session.scalars(query.order_by(ImportRow.number).limit(CHUNK)))
    bring_rows(session, held, rows)
    if rows:
        held.done = rows[-1].number
    if len(rows) < CHUNK:
        held.state, held.done, held.ended_at = "done", held.total, at
        session.flush()
        held.counts = planned_counts(session, held.id) | made_counts(session, held.id)


def bring_rows(session: Session, held: Import, rows: Sequence[ImportRow]) -> None:
    # held until all is written, so that nobody's own change comes between the look at it and ours
    theirs = select(Person).where(Person.id.in_(_ids(rows))).order_by(Person.id).with_for_update()
    people = {one.id: one for one in session.scalars(theirs, execution_options={"populate_existing": True})}
    refuse_overtaken(session, rows, people)
    rows = [row for row in rows if row.outcome != "refused"]
    for row in rows:  # what they hold is replaced and never changed in place, which would not be written
        row.before, row.made = {}, {}
    add_bodies(session, Organisation, "organisation", rows)
    add_bodies(session, Group, "group", rows)
    add_people(session, held.secretariat_id, [row for row in rows if row.outcome == "new"])
    for row in rows:
        if row.outcome == "changed":
            change_person(people[row.person_id], row)
    session.flush()
    place_in_groups(session, held.options.get("group_id"), rows)
    if held.options.get("list_id"):
        place_on_list(session, held.options["list_id"], rows)


def refuse_overtaken(session: Session, rows: Iterable[ImportRow], people: dict[int, Person]) -> None:
    """Refuse the rows for which the address book is no more what it was when it was looked at."""
    bodies = {row.values.get("organisation_id") for row in rows} - {None}
    there = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(bodies)))) | {None}
    holders = {known.email.lower(): known.id for known in people_with(session, [row.values for row in rows])}
    for row in rows:
        email = (row.values.get("email") or "").lower()
        holder = holders.get(email)
        person = people.get(row.person_id) if row.person_id else None
        if holder is not None and holder != row.person_id:
            row.problems = [("email", "taken_meanwhile", {})]
        elif row.outcome != "new" and person is None:
            row.problems = [("row", "gone_meanwhile", {})]
        elif row.values.get("organisation_id") not in there:
            row.problems = [("organisation", "body_gone_meanwhile", {})]
        elif row.outcome == "changed" and (field := _overtaken(person, row)):
            row.problems = [(field, "changed_meanwhile", {})]
        else:
            if email:
                holders[email] = row.person_id or 0
            continue
        row.outcome = "refused"


def _overtaken(person: Person, row: ImportRow) -> str | None:
    """Return a field that somebody has changed since its change was planned."""
    for field, (old, _new) in row.values["changes"].items():
        now = person.organisation_id if field == "organisation" else getattr(person, field) or None
        if now != (row.values["was_organisation_id"] if field == "organisation" else old):
            return field
    return None


def add_bodies(session: Session, model: type[Organisation] | type[Group], kind: str, rows: Iterable[ImportRow]) -> None:
    """Add the organisations or groups that are not there yet, and tell each row which is its own."""
    naming = [row for row in rows if row.values.get(f"new_{kind}")]
    if not naming:
        return
    there = bodies_by_name(session, model, NAMES if model is Organisation else NAMES[:3])
    for row in naming:
        key = row.values[f"new_{kind}"]
        if key not in there:
            made = model(name=row.values[kind])
            session.add(made)
            session.flush()
            there[key] = [made.id]
            row.made = row.made | {kind: made.id}
        row.values = row.values | {f"{kind}_id": there[key][0]}


def add_people(session: Session, secretariat_id: int, rows: Sequence[ImportRow]) -> None:
    if not rows:
        return
    people = [_new_person(row.values) | {"secretariat_id": secretariat_id} for row in rows]
    # no mapper events: found_by and order_key are written here
    ids = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people)
    for row, person_id in zip(rows, ids, strict=True):
        row.person_id, row.made = person_id, row.made | {"person": person_id}


def _new_person(values: dict[str, Any]) -> dict[str, Any]:
    person = {name: values.get(name) for name in NEW} | {"organisation_id": values.get("organisation_id")}
    person["given_name"] = person["given_name"] or ""
    key = order_key(person["family_name"], person["given_name"])
    return person | {"order_key": key, "found_by": found_by(person, Person.FOUND_BY)}


def change_person(person: Person, row: ImportRow) -> None:
    for field in row.values["changes"]:
        column = "organisation_id" if field == "organisation" else field
        row.before = row.before | {column: getattr(person, column)}
        setattr(person, column, row.values[column])


def made_counts(session: Session, import_id: int) -> dict[str, int]:
    """Return how many organisations and groups were added: somebody else may have added one meanwhile."""
    organisation, group = (ImportRow.made[kind].as_integer() for kind in ("organisation", "group"))
    counted = select(func.count(organisation), func.count(group)).where(ImportRow.import_id == import_id)
    organisations, groups = session.execute(counted).one()
    return {"organisations": organisations, "groups": groups}


def _ids(rows: Iterable[ImportRow]) -> list[int]:
    return [row.person_id for row in rows if row.person_id]
