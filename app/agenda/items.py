"""Reads the form of one agenda item."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.agenda.editing import Speaking
from app.agenda.models import KINDS, AgendaItem
from app.dates import place_in_zone
from app.events.details import read_clock
from app.events.models import Event
from app.forms import Reading, clean_line
from app.language import gettext as _
from app.language import pgettext
from app.people.finding import people_called, several

LONGEST = 24 * 60


def kind_words() -> dict[str, str]:
    return {
        "item": pgettext("agenda", "Item"),
        "break": pgettext("agenda", "Break"),
        "registration": pgettext("agenda", "Registration"),
        "section": pgettext("agenda", "Heading"),
    }


def days_of(event: Event) -> list[date]:
    """Return the days of an event on which an item may start: one, or all from the first to the last."""
    first = event.starts_at.date()
    more = (event.ends_at.date() - first).days if event.ends_at else 0
    return [first + timedelta(days) for days in range(min(more, 30) + 1)]


def read_item(
    session: Session, event: Event, posted: FormData, stored: AgendaItem | None = None
) -> tuple[dict[str, Any], list[Speaking]]:
    """Return an item's columns and its speakers; raises Invalid with every problem at its field."""
    reading = Reading(posted)
    values = {
        "title": reading.line("title", needed=_("Write what the item is called."), most=500),
        "kind": reading.choice("kind", KINDS) or "item",
        "minutes": reading.whole("minutes", least=0, most=LONGEST),
        "at": _fixed_start(reading, event, stored.at if stored else None),
        "number": reading.line("number", most=40),
        "description": reading.text("description", most=20_000),
        "notes": reading.text("notes", most=20_000),
    }
    if values["kind"] == "section":
        values |= {"minutes": None, "at": None, "number": None}  # a heading takes no time
    speakers = _speakers(session, reading)
    reading.done()
    return values, speakers


def _fixed_start(reading: Reading, event: Event, stored: datetime | None) -> datetime | None:
    clock = read_clock(reading, "at")
    if clock is None:
        return None
    days = days_of(event)
    chosen = reading.choice("day", [day.isoformat() for day in days])
    start = datetime.combine(date.fromisoformat(chosen) if chosen else days[0], clock)
    if stored and stored.replace(tzinfo=None) == start:
        return stored  # with the offset that it may carry, which the form does not show
    try:
        place_in_zone(start, event.time_zone)
    except ValueError:
        reading.problem("at", _("The clocks skip this time on that day. Choose an earlier or a later one."))
    return start


def _speakers(session: Session, reading: Reading) -> list[Speaking]:
    columns = [reading.posted.getlist(f"speaker_{part}") for part in ("name", "title", "organisation")]
    found = []
    for place, (name, title, organisation) in enumerate(zip(*columns, strict=False)):
        name, title, organisation = (clean_line(str(text), 200) for text in (name, title, organisation))
        if not name:
            if title or organisation:
                reading.problem(f"speaker_name-{place}", _("Write the name of this speaker."))
            continue
        people = [] if title or organisation else people_called(session, name)
        if len(people) > 1:
            reading.problem(f"speaker_name-{place}", several(people))
        person_id = people[0].id if people else None
        outside = {} if people else {"name": name, "title": title or None, "organisation": organisation or None}
        found.append(Speaking(person_id, **outside))
    return found


def item_values(item: AgendaItem) -> dict[str, Any]:
    """Return an item as its form shows it; a speaker of the address book by name and address."""
    return {
        "title": item.title,
        "kind": item.kind,
        "minutes": item.minutes,
        "at": f"{item.at:%H:%M}" if item.at else None,
        "day": item.at.date().isoformat() if item.at else None,
        "number": item.number,
        "description": item.description,
        "notes": item.notes,
        "speaker_name": [_name_shown(speaker) for speaker in item.speakers],
        "speaker_title": [speaker.title or "" for speaker in item.speakers],
        "speaker_organisation": [speaker.organisation or "" for speaker in item.speakers],
    }


def _name_shown(speaker) -> str:
    if speaker.person is None:
        return speaker.name or ""
    return f"{speaker.person.name} <{speaker.person.email}>" if speaker.person.email else speaker.person.name
