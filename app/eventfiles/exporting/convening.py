"""Writes the event, its agenda and its attendance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem, Speaker
from app.attendance.models import Attendance
from app.eventfiles.columns import AGENDA_ITEM, EVENT, PRESENCE, from_columns
from app.eventfiles.exporting.mentions import Mention, body, mention, without_empty
from app.events.models import Event
from app.people.models import Person


def event_entry(event: Event) -> dict[str, Any]:
    entry = from_columns(event, EVENT) | {"convener": Mention("group", event.convener_id)}
    if event.rsvp_deadline:
        entry["rsvp_deadline"] = event.rsvp_deadline
    return entry


def items_of(session: Session, event_id: int) -> list[AgendaItem]:
    query = select(AgendaItem).options(selectinload(AgendaItem.speakers)).where(AgendaItem.event_id == event_id)
    return list(session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def agenda_entry(item: AgendaItem, attachments: list[dict[str, Any]]) -> dict[str, Any]:
    speakers = [_speaker(one) for one in item.speakers]
    entry = from_columns(item, AGENDA_ITEM) | {"speakers": speakers, "attachments": attachments}
    if item.number and item.number.isascii() and item.number.isdigit() and str(int(item.number)) == item.number:
        entry["number"] = int(item.number)
    return without_empty(entry)


def _speaker(row: Speaker) -> Mention | dict[str, Any]:
    if row.person_id is not None:
        return Mention("person", row.person_id)
    return without_empty({key: getattr(row, key) or None for key in ("name", "title", "organisation")})


def attendance_entries(session: Session, event_id: int) -> list[dict[str, Any]]:
    query = (
        select(Attendance, Person)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .options(selectinload(Attendance.represents))
        .where(Attendance.event_id == event_id)
        .order_by(Attendance.position, Attendance.id)
    )
    return [_presence(row, person) for row, person in session.execute(query)]


def _presence(row: Attendance, person: Person | None) -> dict[str, Any]:
    entry = from_columns(row, PRESENCE) | {
        "represents": [body(one) for one in row.represents],
        "deputy_for": mention("person", row.deputy_for_id),
    }
    ends = [row.first_item, row.last_item]
    if ends != [None, None]:
        entry["items"] = ends[:1] if ends[0] == ends[1] else ends
    if row.headcount is not None and row.mode == "in_person":
        del entry["mode"]
    return without_empty(entry) | without_empty(_who(row, person)) | _of_the_day(row, person)


def _who(row: Attendance, person: Person | None) -> dict[str, Any]:
    if person is not None:
        return {"person": Mention("person", person.id)}
    return {} if row.headcount is not None else {"name": row.name}


def _of_the_day(row: Attendance, person: Person | None) -> Mapping[str, Any]:
    """Title and organisation, for a person only where they are not today's; "" for one that there was not."""
    organisation = mention("organisation", row.organisation_id) or row.organisation_text
    if person is None:
        return without_empty({"title": row.title or None, "organisation": organisation or None})
    entry: dict[str, Any] = {}
    if (row.title or None) != (person.title or None):
        entry["title"] = row.title or ""
    if row.organisation_text or row.organisation_id != person.organisation_id:
        entry["organisation"] = organisation or ""
    return entry
