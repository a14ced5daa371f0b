"""What is noted on one line of presence: when somebody came and left, as what, in whose place, under which heading."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.attendance.models import Attendance
from app.dates import place_in_zone
from app.errors import NotFound
from app.events.details import read_clock
from app.events.models import Event
from app.forms import Reading
from app.invitees.models import EVENT_ROLES, Invitee
from app.language import gettext as _
from app.people.models import Membership, Person
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


def seats_to_fill(session: Session, event: Event) -> list[tuple[int, str]]:
    """Return whose deputy somebody may be, as (id, name): the convener's members and all invited."""
    members = select(Membership.person_id).where(Membership.group_id == event.convener_id, Membership.role != "deputy")
    invited = select(Invitee.person_id).where(Invitee.event_id == event.id)
    query = select(Person).where(Person.id.in_(members) | Person.id.in_(invited))
    people = session.scalars(query.order_by(Person.family_name, Person.given_name))
    return [(person.id, person.name) for person in people]


def one_day(event: Event) -> bool:
    """Whether clock times alone say when somebody came and left."""
    return event.ends_at is None or event.ends_at.date() == event.starts_at.date()


def note_values(line: Attendance, event: Event) -> dict[str, Any]:
    """Return a line as its form shows it."""
    written = "%H:%M" if one_day(event) else "%Y-%m-%dT%H:%M"
    return {
        "arrived": line.arrived_at.strftime(written) if line.arrived_at else None,
        "left": line.left_at.strftime(written) if line.left_at else None,
        "role": line.role,
        "deputy_for": line.deputy_for_id,
        "heading": line.heading,
        "title": line.title,
        "name": line.name,
        "organisation": line.organisation_text,
        "label": line.label,
        "headcount": line.headcount,
    }


def read_note(posted: FormData, line: Attendance, event: Event, seats: list[tuple[int, str]]) -> dict[str, Any]:
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
    deputy_for = reading.choice("deputy_for", [str(key) for key, _name in seats if key != line.person_id])
    values |= {"arrived_at": arrived, "left_at": left, "role": reading.choice("role", EVENT_ROLES)}
    values |= {"deputy_for_id": int(deputy_for) if deputy_for else None, "title": reading.line("title", most=200)}
    if line.person_id is None:
        name = reading.line("name", needed=_("Write the name."), most=200)
        values["given_name"], values["family_name"] = split_name(name or "")
        if line.organisation_id is None:
            values["organisation_text"] = reading.line("organisation")
    reading.done()
    return values


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
