"""Brings in the event, its agenda, who is invited and what they answered, and who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Speaker
from app.attendance.day_seats import keep_seats
from app.attendance.day_words import keep_days
from app.attendance.models import Attendance, PresentFor
from app.eventfiles.columns import AGENDA_ITEM, EVENT, PRESENCE, filled
from app.eventfiles.importing.attachments import Brought, attachment_rows
from app.eventfiles.importing.book import Book
from app.eventfiles.names import Unresolved, folded
from app.eventfiles.shape import Who
from app.events.models import Event
from app.people.names import split_name


def add_event(session: Session, entry: Mapping[str, Any], book: Book) -> Event:
    deadline = entry.get("rsvp_deadline")
    if isinstance(deadline, datetime):
        deadline = deadline.isoformat(timespec="minutes")
    event = Event(
        convener_id=book.groups[book.names.group(entry["convener"])],
        rsvp_deadline=str(deadline) if deadline else None,
        **filled(entry, EVENT),
    )
    session.add(event)
    session.flush()
    return event


def add_agenda(
    session: Session, event: Event, entries: Sequence[Mapping[str, Any]], book: Book, files: Mapping[str, Brought]
) -> list[AgendaItem]:
    """Add the items with their speakers and files (SHA-256 by name) and return them in their order."""
    items = []
    for position, entry in enumerate(entries):
        item = AgendaItem(event_id=event.id, position=position, **filled(entry, AGENDA_ITEM))
        item.speakers = [
            Speaker(position=place, **_speaker(one, book)) for place, one in enumerate(entry.get("speakers") or ())
        ]
        items.append(item)
    session.add_all(items)
    session.flush()
    for item, entry in zip(items, entries, strict=True):
        session.add_all(attachment_rows(entry.get("attachments") or (), files, agenda_item_id=item.id))
    return items


def _speaker(one: Who | Mapping[str, Any], book: Book) -> dict[str, Any]:
    """A person of the address book, or the words for somebody who is not in it."""
    if isinstance(one, Who):
        return {"person_id": book.person(one).id}
    try:
        person = book.people.get((folded(one["name"]), book.names.organisation(one.get("organisation"))))
    except Unresolved:
        person = None
    if person is not None and one.get("title") in (None, person.title):
        return {"person_id": person.id}
    return {key: one.get(key) for key in ("name", "title", "organisation")}


def add_attendance(session: Session, event: Event, entries: Sequence[Mapping[str, Any]], book: Book) -> None:
    """Add a row for each, with names, titles and organisations as the file has them for the day, else as they are."""
    rows = []
    for position, entry in enumerate(entries):
        row = Attendance(event_id=event.id, position=position, **filled(entry, PRESENCE))
        if entry.get("person"):
            person = book.person(entry["person"])
            row.person_id, row.given_name, row.family_name = person.id, person.given_name, person.family_name
            row.title, row.unit, row.organisation_id = person.title, person.unit, person.organisation_id
        elif entry.get("name"):
            row.given_name, row.family_name = split_name(entry["name"])
        if "title" in entry:
            row.title = entry["title"]
        if "organisation" in entry:
            row.organisation_id, row.organisation_text = _of_the_day(entry["organisation"], book)
        row.deputy_for_id = book.person_id(entry.get("deputy_for"))
        if entry.get("items"):
            row.first_item, row.last_item = entry["items"][0], entry["items"][-1]
        row.represents = [
            PresentFor(position=place, **body) for place, body in enumerate(book.bodies(entry.get("represents") or ()))
        ]
        rows.append(row)
    session.add_all(rows)
    session.flush()
    if rows:
        keep_seats(session, event)
        keep_days(session, event.id, rows)
        session.flush()


def _of_the_day(name: str | None, book: Book) -> tuple[int | None, str | None]:
    """An organisation that is known, or its name alone."""
    try:
        return book.organisation_id(name), None
    except Unresolved:
        return None, name
