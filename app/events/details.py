"""What an event's own form holds: reads it, checks it, keeps it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.dates import HOME_ZONE
from app.events.models import KINDS, OFFERED_BY, TAKES_PLACE, Event
from app.events.times import Problem, check_times
from app.forms import Reading
from app.language import LANGUAGES
from app.language import gettext as _
from app.people.models import Group

PUBLIC = "public"
MOST_HOURS = 14 * 24


def read_details(posted: FormData, group_ids: Collection[int], stored: Event | None = None) -> dict[str, Any]:
    """Return the values of an event's columns from its form; raises Invalid with every problem at its field.

    Where there is no group yet, `convener_name` is asked instead of `convener` and stays in the values as typed.
    """
    reading = Reading(posted)
    values = _words(reading, group_ids) | _times(reading, stored)
    reading.done()
    return values


def _words(reading: Reading, group_ids: Collection[int]) -> dict[str, Any]:
    values: dict[str, Any] = {"title": reading.line("title", needed=_("Give the event a title."))}
    if group_ids:
        convener = reading.choice("convener", [str(key) for key in group_ids], needed=_("Choose who convenes."))
        values["convener_id"] = int(convener) if convener else None
    else:
        values["convener_name"] = reading.line("convener_name", needed=_("Write the name of the group that convenes."))
    values |= {
        "kind": reading.choice("kind", KINDS),
        "language": reading.choice("language", LANGUAGES, needed=_("Choose a language.")),
        "place": reading.line("place"),
        "online_url": _address(reading),
        "capacity": reading.whole("capacity", least=1),
        "offers_by": reading.choice("offers_by", OFFERED_BY) or OFFERED_BY[0],
        "offer_hours": reading.whole("offer_hours", least=1, most=MOST_HOURS) or 24,
        "background": reading.text("background", most=50_000),
        "case_number": reading.line("case_number", most=100),
        "project_number": reading.line("project_number", most=100),
        "confidentiality": reading.line("confidentiality") or PUBLIC,
        "series": reading.line("series", most=200),
        "diet_asked": reading.tick("diet_asked"),
        "access_asked": reading.tick("access_asked"),
    }
    return values


def _address(reading: Reading) -> str | None:
    text = reading.line("online_url", most=1000)
    if text and (not text.startswith(("https://", "http://")) or " " in text):
        reading.problem("online_url", _("Write the whole address of the meeting, beginning with https://."))
    return text


def _times(reading: Reading, stored: Event | None) -> dict[str, Any]:
    zone = reading.line("time_zone", most=64) or HOME_ZONE
    if zone not in available_timezones():
        reading.problem("time_zone", _("There is no such time zone. One is called, for example, Europe/Helsinki."))
    day = reading.day("date", needed=_("Choose the day of the event."))
    last_day = reading.day("last_date") or day
    start = read_clock(reading, "starts", needed=_("Write when the event starts."))
    end = read_clock(reading, "ends")
    due_day = reading.day("deadline")
    due_clock = read_clock(reading, "deadline_time")
    if due_clock and not due_day:
        reading.problem("deadline", _("Choose the day for this time."))
    if reading.problems or day is None or start is None:
        return {}
    starts = _as_stored(datetime.combine(day, start), stored and stored.starts_at)
    ends = _as_stored(datetime.combine(last_day or day, end), stored and stored.ends_at) if end else None
    deadline = datetime.combine(due_day, due_clock) if due_day and due_clock else due_day
    for field, problem in check_times(starts, ends, deadline, zone):
        reading.problem(field, _TIME_WORDS[problem]())
    return {"starts_at": starts, "ends_at": ends, "rsvp_deadline": _deadline_text(deadline), "time_zone": zone}


_TIME_WORDS = {
    Problem.SKIPPED: lambda: _("The clocks skip this time on that day. Choose an earlier or a later one."),
    Problem.END_FIRST: lambda: _("The event ends before it starts. Give a later time, or its last day."),
    Problem.DEADLINE_LATE: lambda: _("Answers would be due after the event has started. Choose an earlier day."),
}


def read_clock(reading: Reading, name: str, *, needed: str | None = None) -> time | None:
    """Read a clock time as 13:00, or as people write it: 13.00, 13."""
    text = reading.line(name, needed=needed, most=8)
    if not text:
        return None
    hour, _point, minute = text.replace(".", ":").partition(":")
    try:
        return time(int(hour), int((minute or "0").split(":")[0]))
    except ValueError:
        reading.problem(name, _("Write a clock time, such as 13.00."))
        return None


def _as_stored(typed: datetime, stored: datetime | None) -> datetime:
    # a time that occurs twice may be stored with its offset, which the form does not show
    return stored if stored and stored.replace(tzinfo=None) == typed else typed


def _deadline_text(deadline: date | datetime | None) -> str | None:
    if deadline is None:
        return None
    return deadline.isoformat(timespec="minutes") if isinstance(deadline, datetime) else deadline.isoformat()


def form_values(event: Event) -> dict[str, Any]:
    """Return an event as its form shows it."""
    names = "title kind language place online_url capacity offers_by offer_hours background case_number project_number"
    names += " series time_zone"
    values: dict[str, Any] = {name: getattr(event, name) for name in names.split()}
    deadline, _t, deadline_time = (event.rsvp_deadline or "").partition("T")
    ends = event.ends_at
    return values | {
        "convener": event.convener_id,
        "date": event.starts_at.date(),
        "starts": f"{event.starts_at:%H:%M}",
        "ends": f"{ends:%H:%M}" if ends else None,
        "last_date": ends.date() if ends and ends.date() != event.starts_at.date() else None,
        "deadline": deadline or None,
        "deadline_time": deadline_time[:5] or None,
        "diet_asked": event.diet_asked or None,
        "access_asked": event.access_asked or None,
        "confidentiality": None if event.confidentiality == PUBLIC else event.confidentiality,
    }


def create_event(session: Session, values: dict[str, Any]) -> Event:
    """Store a new event from read_details; its convener is made where only a name was given."""
    name = values.pop("convener_name", None)
    if name:
        convener = Group(name=name)
        session.add(convener)
        session.flush()
        values["convener_id"] = convener.id
    event = Event(**values)
    session.add(event)
    session.flush()
    return event


def change_event(session: Session, event: Event, values: dict[str, Any]) -> None:
    """Store an event's changed details."""
    for name, value in values.items():
        setattr(event, name, value)
    session.flush()
    session.refresh(event, ["convener"])


def conveners(session: Session) -> list[tuple[int, str]]:
    """Return all groups as (id, name), those that have convened before first, then by name."""
    held = select(Event.convener_id, Event.id).where(TAKES_PLACE).subquery()
    query = select(Group.id, Group.name, select(held.c.id).where(held.c.convener_id == Group.id).exists().label("held"))
    rows = sorted(session.execute(query), key=lambda row: (not row.held, row.name.casefold()))
    return [(row.id, row.name) for row in rows]


def series_names(session: Session) -> list[str]:
    """Return the series that events belong to, by name."""
    return sorted(filter(None, session.scalars(select(Event.series).where(TAKES_PLACE).distinct())), key=str.casefold)
