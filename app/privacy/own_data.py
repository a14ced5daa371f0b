"""Everything that is held of one person, found by the foreign keys themselves, so that no table can be forgotten.

Whatever refers to people is theirs; what hangs on such a row by ON DELETE CASCADE is theirs too, unless it refers to
people itself: then it is somebody's own. Mails that came are known by their address (own_mails.py).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, func, or_, select
from sqlalchemy.orm import Session

from app.db import Base, chunks
from app.events.models import Event
from app.inbox.models import IncomingMail
from app.mail.models import UndeliverableAddress
from app.needs.sealing import unseal as unseal_needs
from app.people.models import Person
from app.people.traces import referring_columns
from app.privacy.columns import TABLES
from app.privacy.own_mails import own_mail
from app.settings import Settings

# what refers to people and is not given, and why
EXCUSED = {
    "mail_contents": "the mail itself, which the person has; it holds the personal link",
    "outgoing_mails.inputs": "what that mail was made from",
}
BY_ADDRESS = {
    "incoming_mails": (IncomingMail.sender, IncomingMail.attendee, IncomingMail.delegated_to),
    "undeliverable_addresses": (UndeliverableAddress.address,),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class OwnData:
    """By table, the rows as values by column; titles are those of the events that rows belong to."""

    person: Person
    tables: Mapping[str, list[Row]]
    titles: Mapping[int, str]


def referring() -> list[Column]:
    """Return the columns of all tables that refer to people."""
    return referring_columns(Person.__table__, hindering=False)


def reached() -> set[str]:
    """Return the names of the tables in which a person's data are looked for."""
    names = {column.table.name for column in referring()}
    return names | {child.name for name in names for child in _below(Base.metadata.tables[name])} | BY_ADDRESS.keys()


def own_data(session: Session, settings: Settings, person: Person) -> OwnData:
    """Return all that is held of a person; as many statements as there are tables to look into."""
    found: dict[str, dict[tuple, Row]] = {"people": {}}
    _add(found, Person.__table__, session.execute(select(Person.__table__).where(Person.__table__.c.id == person.id)))
    for column in referring():
        _add(found, column.table, session.execute(select(column.table).where(column == person.id)))
    for table in list(found):
        if table != "people":
            _add_children(session, found, Base.metadata.tables[table])
    if person.email:
        for table, columns in BY_ADDRESS.items():
            query = select(Base.metadata.tables[table]).where(
                or_(*(func.lower(column) == person.email.lower() for column in columns))
            )
            model = columns[0].class_
            if hasattr(model, "kept_by"):  # a statement on a table is not narrowed by itself
                query = query.where(model.kept_by(person.secretariat_id))
            _add(found, Base.metadata.tables[table], session.execute(query))
    tables = {name: list(rows.values()) for name, rows in found.items() if rows and name not in EXCUSED}
    events = {row["event_id"] for rows in tables.values() for row in rows if row.get("event_id")}
    titles = dict(session.execute(select(Event.id, Event.title).where(Event.id.in_(events))).all())
    _open(settings, tables, found)
    if mails := tables.get("incoming_mails"):
        tables["incoming_mails"] = [own_mail(settings, row, person.email) for row in mails]
    return OwnData(person, {name: [_shown(name, row) for row in rows] for name, rows in tables.items()}, titles)


def _below(table: Table) -> Iterator[Table]:
    """Yield the tables whose rows hang on a table's and are nobody's own, however far below."""
    others = {column.table for column in referring()}
    for other in Base.metadata.sorted_tables:
        hangs = any(key.column.table is table and key.ondelete == "CASCADE" for key in other.foreign_keys)
        if hangs and other not in others and other is not table:
            yield other
            yield from _below(other)


def _add_children(session: Session, found: dict[str, dict[tuple, Row]], table: Table) -> None:
    for child in dict.fromkeys(_below(table)):
        for key in child.foreign_keys:
            parents = found.get(key.column.table.name, {})
            if key.ondelete != "CASCADE" or not parents:
                continue
            values = list({row[key.column.name] for row in parents.values()})
            for some in chunks(values):
                _add(found, child, session.execute(select(child).where(key.parent.in_(some))))


def _add(found: dict[str, dict[tuple, Row]], table: Table, rows: Any) -> None:
    keys = [column.name for column in table.primary_key]
    held = found.setdefault(table.name, {})
    for row in rows.mappings():
        held[tuple(row[key] for key in keys)] = dict(row)


def _open(settings: Settings, tables: Mapping[str, list[Row]], found: Mapping[str, Mapping[tuple, Row]]) -> None:
    """Open what is sealed."""
    for row in tables.get("needs", ()):
        event_id = found["invitees"][row["invitee_id"],]["event_id"]
        row["sealed"] = json.loads(unseal_needs(settings.secret, row["sealed"], event_id))


def _shown(table: str, row: Row) -> Row:
    """A row without secrets, and without what is excused or empty."""
    classes = TABLES[table].columns
    return {
        name: plain(value)
        for name, value in row.items()
        if value is not None and classes[name] != "secret" and f"{table}.{name}" not in EXCUSED
    }


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value
