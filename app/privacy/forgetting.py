"""Erases what is held of one person, at their request, but for what the authority's record says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Text, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.attendance.models import Report
from app.db import chunks
from app.events.models import Event
from app.imports.models import Import, ImportRow
from app.inbox.models import IncomingMail
from app.invitations.picking import remove_let_go
from app.invitees.models import Invitee
from app.mail.models import OutgoingMail
from app.people.models import Person
from app.privacy.columns import TABLES
from app.privacy.models import Erasure
from app.privacy.own_data import BY_ADDRESS, referring
from app.privacy.own_mails import ALONE, forget_mails

RECORD = "record"
PARTS = ImportRow.cells, ImportRow.mended, ImportRow.values, ImportRow.before
OWN_KEYS = ("person_id", "other_id")  # a row of theirs; any other key of it names them in somebody else's row
LEAVING = ("sending", "uncertain")  # a worker has it in hand


@dataclass(frozen=True)
class Losses:
    """By table, how many rows are erased, and how many stay since they are the authority's record."""

    erased: dict[str, int] = field(default_factory=dict)
    stays: dict[str, int] = field(default_factory=dict)


def losses(session: Session, person: Person) -> Losses:
    """Say what erasing a person would take, and what stays."""
    found = Losses()
    for column in referring():
        name = column.table.name
        count = session.scalar(select(func.count()).select_from(column.table).where(column == person.id)) or 0
        if count and TABLES[name].kept == RECORD:
            found.stays[name] = found.stays.get(name, 0) + count
        elif count and column.name in OWN_KEYS:
            found.erased[name] = found.erased.get(name, 0) + count
    if person.email:
        for name, columns in BY_ADDRESS.items():
            where = _addressed(columns, person.email)
            if count := session.scalar(select(func.count()).select_from(columns[0].class_).where(where)):
                found.erased[name] = count
    return found


def forget(session: Session, person: Person, at: datetime) -> bool:
    """Erase a person; returns whether nothing is left of them. Where the record names them, their name stays in the
    address book for it, and nothing else."""
    email = person.email
    places = session.scalars(select(Invitee.id).where(Invitee.person_id == person.id)).all()
    erased = 1 + remove_let_go(session, places, at=at)
    for column in referring():
        table = column.table
        if TABLES[table.name].kept == RECORD:
            continue
        if column.name not in OWN_KEYS:
            session.execute(update(table).where(column == person.id).values({column.name: None}))
        elif table is OutgoingMail.__table__:
            done = OutgoingMail.person_id == person.id, OutgoingMail.state.not_in(LEAVING)
            erased += session.execute(delete(OutgoingMail).where(*done)).rowcount
        else:
            erased += session.execute(delete(table).where(column == person.id)).rowcount
    erased += _erase_traces(session, person.id, email, person.secretariat_id)
    session.expire_all()
    session.add(Erasure(rule="person", secretariat_id=person.secretariat_id, erased_at=at, erased=erased))
    if losses(session, person).stays:
        person.email = person.title = person.unit = person.organisation_id = person.language = None
        session.flush()
        return False
    session.delete(person)
    session.flush()
    return True


def _erase_traces(session: Session, person_id: int, email: str | None, secretariat_id: int) -> int:
    """Erase what their secretariat knows a person by, their address: mails that came, sources of imports, rows of
    attendance reports."""
    erased = 0
    own = select(Event.id).where(Event.secretariat_id == secretariat_id)
    for report in session.scalars(select(Report).where(Report.event_id.in_(own))):
        others = [_unlike(row, person_id) for row in report.rows if not _is_of(row, person_id, email)]
        erased += len(report.rows) - len(others)
        if others != report.rows:
            report.rows = others
    if email is None:
        return erased
    for columns in BY_ADDRESS.values():
        model = columns[0].class_
        if model is IncomingMail:
            erased += forget_mails(session, email, secretariat_id)
        else:
            erased += session.execute(delete(model).where(_addressed(columns, email)), execution_options=ALONE).rowcount
    imports = select(Import.id).where(Import.secretariat_id == secretariat_id)
    written = or_(*(func.lower(cast(part, Text)).contains(email.lower(), autoescape=True) for part in PARTS))
    found = session.execute(select(ImportRow.id, *PARTS).where(ImportRow.import_id.in_(imports), written))
    naming = [key for key, *parts in found if any(names(text, email) for text in _texts(parts))]
    for some in chunks(naming):
        erased += session.execute(delete(ImportRow).where(ImportRow.id.in_(some)), execution_options=ALONE).rowcount
    for held in session.scalars(
        select(Import).where(Import.source.is_not(None), Import.secretariat_id == secretariat_id)
    ):
        if email.lower().encode() in held.source.lower() or held.kind == "xlsx":  # packed: nobody sees into it
            held.source = None
    return erased


def names(text: str, email: str) -> bool:
    """Whether a text has an address as a whole, and not the end or the beginning of another one."""
    whole = rf"(?<![\w.+-]){re.escape(email.lower())}(?![\w-]|\.\w)"
    return re.search(whole, text.lower()) is not None


def _texts(value: object) -> Iterator[str]:
    """Yield the texts within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _is_of(row: dict, person_id: int, email: str | None) -> bool:
    """Whether a row of a report is somebody's: chosen for them, or nobody's yet and likely theirs, or by address."""
    likely = row.get("chosen_id") is None and person_id in (row.get("likely") or ())
    known = row.get("chosen_id") == person_id or likely
    return known or bool(email) and (row.get("email") or "").lower() == email.lower()


def _unlike(row: dict, person_id: int) -> dict:
    """A row of a report that is not taken for somebody's any more."""
    likely = row.get("likely") or ()
    return row | {"likely": [one for one in likely if one != person_id]} if person_id in likely else row


def _addressed(columns, email: str):
    return or_(*(func.lower(column) == email.lower() for column in columns))
