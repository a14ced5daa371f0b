"""Reads of series: which there are, and the events of one with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.attendance.models import Attendance
from app.attendance.presence import PRESENT
from app.errors import NotFound
from app.events.models import TAKES_PLACE, Event
from app.events.queries import event_by_id
from app.invitees.models import Invitee
from app.invitees.queries import withdrawn
from app.people.collation import person_key, sort_key
from app.people.models import DistributionList, Person


@dataclass(frozen=True)
class Series:
    """A series: its name, how many events it has, the first and the last of them by time, and who convened the last."""

    name: str
    events: int
    first_at: datetime
    last: Event


@dataclass(frozen=True)
class Attender:
    """A person over a series: to how many of its events they were invited, at how many they were, on how many they are
    on record as excused; the last one at which they were."""

    person: Person
    invited: int
    came: int
    excused: int
    last_at: datetime | None


def all_series(session: Session) -> list[Series]:
    """Return the series by name, in one query."""
    query = select(Event).options(joinedload(Event.convener)).where(TAKES_PLACE, Event.series.is_not(None))
    events: dict[str, list[Event]] = {}
    for event in session.scalars(query.order_by(Event.starts_at, Event.id)):
        events.setdefault(event.series, []).append(event)
    found = [Series(name, len(those), those[0].starts_at, those[-1]) for name, those in events.items()]
    return sorted(found, key=lambda one: sort_key(one.name))


def series_of(session: Session, event_id: int) -> list[Event]:
    """Return the events of the series to which an event belongs, in time order, with their conveners; raises NotFound
    where it belongs to none."""
    event = event_by_id(session, event_id)
    if event.series is None or event.template is not None:
        raise NotFound
    query = select(Event).options(joinedload(Event.convener)).where(TAKES_PLACE, Event.series == event.series)
    return list(session.scalars(query.order_by(Event.starts_at, Event.id)))


def attenders_of(session: Session, events: Sequence[Event]) -> list[Attender]:
    """Return everybody of the address book who was invited to or was at these events, who came the most first, in three
    queries. Who was to come in another's place and is not needed is not counted as invited."""
    ids = [event.id for event in events]
    asked = select(Invitee.person_id, func.count()).where(Invitee.event_id.in_(ids), ~withdrawn())
    invited = dict(session.execute(asked.group_by(Invitee.person_id)).all())
    lines = select(Attendance.person_id, Attendance.mode, Attendance.event_id)
    lines = lines.where(Attendance.event_id.in_(ids), Attendance.person_id.is_not(None))
    starts = {event.id: event.starts_at for event in events}
    came: dict[int, list[datetime]] = {}
    excused: dict[int, int] = {}
    for person_id, mode, event_id in session.execute(lines):
        if mode in PRESENT:
            came.setdefault(person_id, []).append(starts[event_id].replace(tzinfo=None))
        elif mode == "excused":
            excused[person_id] = excused.get(person_id, 0) + 1
    whose = invited.keys() | came.keys() | excused.keys()
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_(whose))
    found = [
        Attender(
            one, invited.get(one.id, 0), len(came.get(one.id, ())), excused.get(one.id, 0),
            max(came.get(one.id, ()), default=None),
        )
        for one in session.scalars(query)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.came, person_key(one.person.family_name, one.person.given_name)))


def list_names(session: Session) -> list[tuple[int, str]]:
    """Return the distribution lists as (id, name), by name."""
    rows = session.execute(select(DistributionList.id, DistributionList.name))
    return sorted(map(tuple, rows), key=lambda row: sort_key(row[1]))
