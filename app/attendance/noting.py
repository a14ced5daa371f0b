"""What is noted on one line of presence: when somebody came and left, as what, in whose place, under which heading."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.agenda.models import AgendaItem
from app.agenda.numbering import whole_numbers
from app.attendance.models import Attendance
from app.dates import in_zone, place_in_zone
from app.errors import Invalid, NotFound
from app.events.details import read_clock
from app.events.models import Event
from app.forms import Reading
from app.invitees.models import EVENT_ROLES
from app.language import gettext as _
from app.people.finding import person_called, told_apart
from app.people.models import Person
from app.people.names import split_name


def role_words() -> dict[str, str]:
    """What somebody may be at an event."""
    return {
        "chair": _("chair"),
        "vice_chair": _("vice chair"),
        "secretary": _("secretary"),
        "member": _("member"),
        "deputy": _("deputy member"),
        "expert": _("expert"),
        "observer": _("observer"),
        "speaker": _("speaker"),
        "adjuster": _("adjuster of the minutes"),
    }


def presence_by_id(session: Session, event_id: int, line_id: int) -> Attendance:
    """Return one line of an event's presence; raises NotFound."""
    query = select(Attendance).options(joinedload(Attendance.organisation))
    line = session.scalar(query.where(Attendance.event_id == event_id, Attendance.id == line_id))
    if line is None:
        raise NotFound
    return line


def item_options(session: Session, event: Event) -> list[tuple[str, str]]:
    """Return the agenda's items as (number, "3. What it is called"): those that are counted, breaks are not.

    An item has the whole number that the agenda prints before it; where it prints none, that of its place, unless
    another item has it.
    """
    numbered = select(AgendaItem.kind, AgendaItem.number, AgendaItem.title).where(AgendaItem.event_id == event.id)
    in_order = numbered.where(AgendaItem.kind == "item").order_by(AgendaItem.position, AgendaItem.id)
    items = session.execute(in_order).all()
    printed = whole_numbers(items, event.numbering, event.first_number)
    first = 1 if event.first_number is None else event.first_number
    options: dict[int, str] = {}
    for place, (item, whole) in enumerate(zip(items, printed, strict=True)):
        counted = first + place if whole is None else whole
        if whole is not None or counted not in printed:
            options.setdefault(counted, f"{counted}. {item.title}")
    return [(str(counted), words) for counted, words in options.items()]


def note_clock(session: Session, line: Attendance, event: Event, which: str, at: datetime) -> None:
    """Note that somebody came or left (`arrived`, `left`) at an instant, by the event's own clock."""
    setattr(line, f"{which}_at", wall_clock(at, event.time_zone))
    session.flush()


def wall_clock(at: datetime, zone: str) -> datetime:
    """Return an instant as a local time to the minute; with its offset where the clock shows it twice."""
    here = in_zone(at, zone).replace(second=0, microsecond=0)
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return here.replace(tzinfo=timezone(here.utcoffset() or timedelta())) if twice else here.replace(tzinfo=None)


def one_day(event: Event) -> bool:
    """Whether clock times alone say when somebody came and left."""
    return event.ends_at is None or event.ends_at.date() == event.starts_at.date()


def note_values(session: Session, line: Attendance, event: Event) -> dict[str, Any]:
    """Return a line as its form shows it; whose deputy somebody is as a name that means this one person."""
    deputised = select(Person).options(joinedload(Person.organisation)).where(Person.id == line.deputy_for_id)
    person = session.scalar(deputised)
    written = "%H:%M" if one_day(event) else "%Y-%m-%dT%H:%M"
    return {
        "arrived": line.arrived_at.strftime(written) if line.arrived_at else None,
        "left": line.left_at.strftime(written) if line.left_at else None,
        "role": line.role,
        "deputy_for": told_apart(person) if person else None,
        "first_item": line.first_item,
        "last_item": line.last_item,
        "heading": line.heading,
        "title": line.title,
        "name": line.name,
        "organisation": line.organisation_text,
        "label": line.label,
        "headcount": line.headcount,
    }


def read_note(session: Session, posted: FormData, line: Attendance, event: Event) -> dict[str, Any]:
    """Return the columns that a line's form sets; raises Invalid with every problem at its field."""
    reading = Reading(posted)
    values: dict[str, Any] = {"heading": reading.line("heading", most=200)}
    if line.headcount is not None:
        values["label"] = reading.line("label", needed=_("Say who they are."))
        values["headcount"] = reading.whole("headcount", least=1) or line.headcount
        reading.done()
        return values
    arrived, left = (_time(reading, name, event, stored) for name, stored in _times(line))
    if arrived and left and _instant(arrived, event) > _instant(left, event, arrived):
        reading.problem("left", _("This is before the arrival."))
    values |= {"arrived_at": arrived, "left_at": left, "role": reading.choice("role", EVENT_ROLES)}
    values |= {"deputy_for_id": _deputised(session, reading, line), "title": reading.line("title", most=200)}
    values |= _items(session, reading, event)
    if line.person_id is None:
        name = reading.line("name", needed=_("Write the name."), most=200)
        values["given_name"], values["family_name"] = split_name(name or "")
        if line.organisation_id is None:
            values["organisation_text"] = reading.line("organisation")
    reading.done()
    return values


def _deputised(session: Session, reading: Reading, line: Attendance) -> int | None:
    written = reading.line("deputy_for")
    if not written:
        return None
    try:
        person = person_called(session, written)
    except Invalid as invalid:
        reading.problems += [("deputy_for", sentence) for _name, sentence in invalid.problems]
        return None
    if person.id == line.person_id:
        reading.problem("deputy_for", _("Nobody is their own deputy."))
    return person.id


def _items(session: Session, reading: Reading, event: Event) -> dict[str, int | None]:
    numbers = [number for number, _title in item_options(session, event)]
    first, last = (reading.choice(name, numbers) for name in ("first_item", "last_item"))
    if first and last and numbers.index(last) < numbers.index(first):
        reading.problem("last_item", _("This item comes before the first one."))
    # one of the two says it: from the beginning, or to the end
    begin, end = (first or numbers[0], last or numbers[-1]) if first or last else (None, None)
    return {"first_item": int(begin) if begin else None, "last_item": int(end) if end else None}


def note(session: Session, line: Attendance, values: dict[str, Any]) -> None:
    """Store what is noted on a line."""
    for name, value in values.items():
        setattr(line, name, value)
    session.flush()


def _times(line: Attendance):
    return (("arrived", line.arrived_at), ("left", line.left_at))


def _time(reading: Reading, name: str, event: Event, stored: datetime | None) -> datetime | None:
    if one_day(event):
        clock = read_clock(reading, name)
        time = datetime.combine(event.starts_at.date(), clock) if clock else None
    else:
        time = reading.local_time(name)
    if time is None:
        return None
    if stored and stored.replace(tzinfo=None) == time:
        return stored
    try:
        place_in_zone(time, event.time_zone)
    except ValueError:
        reading.problem(name, _("The clocks skip this time on that day. Choose an earlier or a later one."))
    return time


def _instant(local: datetime, event: Event, after: datetime | None = None) -> float:
    try:
        not_before = place_in_zone(after, event.time_zone) if after else None
        return place_in_zone(local, event.time_zone, not_before).timestamp()
    except ValueError:
        return 0.0
