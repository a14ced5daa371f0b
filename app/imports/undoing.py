"""Takes an import back: what it added is deleted, what it changed is restored, unless somebody needs or changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.imports.models import Import, ImportRow
from app.imports.standing import referred_to
from app.people.models import DistributionList, Group, Membership, Organisation, Person, Recipient

CHUNK = 500


def begin_undoing(session: Session, held: Import) -> bool:
    """Begin to take a whole import back; False: it is being taken back or has been already."""
    won = session.execute(
        update(Import).where(Import.id == held.id, Import.state == "done").values(state="undoing", done=Import.total)
    )
    session.refresh(held)
    return won.rowcount == 1


def undo_chunk(session: Session, held: Import, at: datetime) -> None:
    """Take back the last rows that are left, so that what several rows use goes after all of them."""
    here = ImportRow.import_id == held.id, ImportRow.number <= held.done
    last = select(ImportRow.id, ImportRow.person_id).where(*here).order_by(ImportRow.number.desc()).limit(CHUNK)
    found = session.execute(last).all()
    # somebody may be merging two of them: what the rows say of that is read when it is over
    whose = Person.id.in_([row.person_id for row in found if row.person_id])
    session.execute(select(Person.id).where(whose).order_by(Person.id).with_for_update())
    query = select(ImportRow).where(ImportRow.id.in_([row.id for row in found])).order_by(ImportRow.number.desc())
    rows = list(session.scalars(query, execution_options={"populate_existing": True}))
    undo_rows(session, rows)
    held.done = rows[-1].number - 1 if rows else 0
    if len(rows) < CHUNK:
        held.state, held.done, held.ended_at = "undone", 0, at


def undo_rows(session: Session, rows: Sequence[ImportRow]) -> None:
    """Take back some rows, the last first; `made` keeps what stays, and as `stays` what refers to it."""
    made = [row for row in rows if row.made]
    places, items = _own_places(session, made), _own_items(session, made)
    if places:
        session.execute(delete(Membership).where(Membership.id.in_(places)))
    if items:
        session.execute(delete(Recipient).where(or_(Recipient.except_of_id.in_(items), Recipient.id.in_(items))))
    restore(session, [row for row in rows if row.before])
    for kind, model in (("person", Person), ("group", Group), ("organisation", Organisation)):
        _remove(session, model, kind, made)
    for row in made:
        row.made = {name: what for name, what in row.made.items() if name not in ("memberships", "recipients")}


def _own_places(session: Session, rows: Sequence[ImportRow]) -> list[int]:
    """Return which of the places that rows have made are theirs still: of the row's person, in the row's group."""
    noted = {place: row for row in rows for place in row.made.get("memberships", ())}
    if not noted:
        return []
    of_all = _options(session, noted.values(), "group_id")
    # a place that has become another since is somebody's own work
    plain = Membership.role == "member", Membership.deputy_for_id.is_(None)
    query = select(Membership.id, Membership.person_id, Membership.group_id).where(Membership.id.in_(noted), *plain)
    return [
        place for place, person_id, group_id in session.execute(query)
        if person_id == noted[place].person_id
        and group_id in (noted[place].values.get("group_id"), of_all[noted[place].import_id])
    ]  # fmt: skip


def _own_items(session: Session, rows: Sequence[ImportRow]) -> list[int]:
    """Return which of the items that rows have put on a list are theirs still: the row's person, on that list."""
    noted = {item: row for row in rows for item in row.made.get("recipients", ())}
    if not noted:
        return []
    lists = _options(session, noted.values(), "list_id")
    query = (
        select(Recipient.id, Recipient.person_id, DistributionList.id)
        .join(DistributionList, DistributionList.field_id == Recipient.field_id)
        .where(Recipient.id.in_(noted), Recipient.kind == "person", Recipient.except_of_id.is_(None))
    )
    return [
        item for item, person_id, list_id in session.execute(query)
        if person_id == noted[item].person_id and list_id == lists[noted[item].import_id]
    ]  # fmt: skip


def _options(session: Session, rows: Iterable[ImportRow], name: str) -> dict[int, int | None]:
    query = select(Import.id, Import.options).where(Import.id.in_({row.import_id for row in rows}))
    return {import_id: options.get(name) for import_id, options in session.execute(query)}


def restore(session: Session, rows: Sequence[ImportRow]) -> None:
    """Give back the fields that nobody has changed since; an organisation that is gone by now cannot be."""
    if not rows:
        return
    people = select(Person).where(Person.id.in_([row.person_id for row in rows if row.person_id]))
    found = {one.id: one for one in session.scalars(people)}
    bodies = {row.before["organisation_id"] for row in rows if row.before.get("organisation_id")}
    there = {None, *session.scalars(select(Organisation.id).where(Organisation.id.in_(bodies)))}
    for row in rows:
        person = found.get(row.person_id) if row.person_id else None
        for column, old in row.before.items() if person else ():
            lost = column == "organisation_id" and old not in there
            if not lost and getattr(person, column) == row.values[column]:
                setattr(person, column, old)
        row.before = {}
    session.flush()


def _remove(
    session: Session, model: type[Person] | type[Organisation] | type[Group], kind: str, rows: Sequence[ImportRow]
) -> None:
    """Delete what the rows added of one kind and nothing refers to; note what stays, and why."""
    own = {row for row in rows if kind in row.made}
    if kind == "person":  # of a person who is gone the row knows no more, and their key is nobody's or another's
        own = {row for row in own if row.person_id == row.made[kind]}
    ids = {row.made[kind] for row in own}
    standing = referred_to(session, model, ids) if ids else {}
    if ids:
        session.execute(delete(model).where(model.id.in_(ids - standing.keys())))
    for row in rows:
        if row in own and row.made[kind] in standing:
            stays = row.made.get("stays", {}) | {kind: dict(standing[row.made[kind]])}
            row.made = row.made | {"stays": stays}
        elif kind in row.made:
            row.made = {name: what for name, what in row.made.items() if name != kind}
            if kind == "person" and row in own:
                row.person_id = None
