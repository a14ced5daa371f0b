"""Follows the agenda on the day: what the timer shows, and the presses that begin and end its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import dates
from app.agenda.lines import Line, programme_of
from app.agenda.progress import Expected, Item, Progress, pressed, progress
from app.agenda.timetable import overrun
from app.events.models import Event
from app.events.queries import hold

FAR = 12 * 60


@dataclass(frozen=True)
class Coming:
    """An item that has not ended, with when it begins and ends as things stand, on the event's clock. late: minutes
    after its planned start; over: whether it ends after the event should; day: where another day begins than before, or
    than today."""

    line: Line
    starts: datetime
    ends: datetime
    late: int
    over: bool
    day: date | None


@dataclass(frozen=True)
class Timer:
    """Where the meeting is, and the same as lines. now, ends: on the event's clock; late: minutes by which all ends, as
    things stand, after the event should; None where that has no end, or is half a day away."""

    progress: Progress
    now: datetime
    present: Coming | None
    coming: list[Coming]
    ends: datetime | None
    late: int | None


def press(session: Session, event: Event, action: str, made_at: int, *, at: datetime) -> None:
    """Do what a button of the timer says (app/agenda/progress.py: pressed)."""
    hold(session, event.id)
    lines = programme_of(session, event)
    changed = pressed(timed(lines), action, made_at, at)
    for line in lines:
        for name, moment in changed.get(line.item.id, {}).items():
            setattr(line.item, name, moment)
    session.flush()


def timer_of(session: Session, event: Event, at: datetime) -> Timer:
    """Return what the timer shows at an instant; two queries."""
    lines = programme_of(session, event)
    found = progress(timed(lines), at)
    by_id = {line.item.id: line for line in lines}
    closing = _closing(lines, event)
    now = dates.in_zone(at, event.time_zone)
    days = [now.date(), *(dates.in_zone(one.starts, event.time_zone).date() for one in found.expected)]
    rows = [
        _coming(by_id[one.id], one, event.time_zone, closing, day if day != before else None)
        for one, before, day in zip(found.expected, days, days[1:], strict=False)
    ]
    running = bool(found.stands_at and rows)
    ends = dates.in_zone(found.all_ended, event.time_zone) if found.all_ended else None
    late = _minutes(closing, ends) if closing and ends else None
    if late is not None and abs(late) >= FAR:
        late = None  # tried on another day than the event's
    return Timer(found, now, rows[0] if running else None, rows[1:] if running else rows, ends, late)


def timed(lines: Sequence[Line]) -> list[Item]:
    """Return what the timer needs of a programme: its items without headings; one without length of its own lasts as
    long as the timetable says. The first, and one with a time of its own, begin no earlier than planned."""
    dealt_with = [line for line in lines if not line.heads]
    return [
        Item(
            id=line.item.id,
            minutes=line.slot.minutes if line.slot.end else None,
            fixed=line.slot.start if place == 0 or line.item.at else None,
            begun_at=line.item.begun_at,
            ended_at=line.item.ended_at,
        )
        for place, line in enumerate(dealt_with)
    ]


def _coming(line: Line, one: Expected, zone: str, closing: datetime | None, day: date | None) -> Coming:
    starts, ends = dates.in_zone(one.starts, zone), dates.in_zone(one.ends, zone)
    over = closing is not None and _minutes(closing, ends) > 0
    return Coming(line, starts, ends, _minutes(line.slot.start, starts), over, day)


def _closing(lines: Sequence[Line], event: Event) -> datetime | None:
    """When the event should end, as an instant: by how much its timetable misses it is known."""
    slots = [line.slot for line in lines]
    over = overrun(slots, event.starts_at, event.ends_at, event.time_zone)
    if over is None:
        return None
    latest = max((slot.end or slot.start).timestamp() for slot in slots)
    return datetime.fromtimestamp(latest - 60 * over, lines[0].slot.start.tzinfo)


def _minutes(earlier: datetime, later: datetime) -> int:
    return int((later.timestamp() - earlier.timestamp()) // 60)
