"""Finds people, groups, organisations and events by any part of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.people.collation import matches
from app.people.models import Group
from app.people.queries import groups_found, organisations_found
from app.people.register import people_found


@dataclass(frozen=True)
class Found:
    """All that the words were found in, each kind in its own order: events the last first, the others by name."""

    people: Sequence[Row]
    groups: Sequence[Row]
    organisations: Sequence[Row]
    events: Sequence[Row]

    def __bool__(self) -> bool:
        return bool(self.people or self.groups or self.organisations or self.events)


def search(session: Session, query: str) -> Found:
    """Return what every word of the query stands in, by four statements; nothing for a query without words."""
    if not query.strip():
        return Found([], [], [], [])
    return Found(
        people=people_found(session, query),
        groups=groups_found(session, query),
        organisations=organisations_found(session, query),
        events=events_found(session, query),
    )


def events_found(session: Session, query: str) -> list[Row]:
    """Return the events in whose title, place, series or convener every word stands, the last first; one statement."""
    columns = Event.id, Event.title, Event.place, Event.series, Event.starts_at, Group.name.label("convener")
    convened = select(*columns).join(Group, Group.id == Event.convener_id)
    rows = session.execute(convened.order_by(Event.starts_at.desc(), Event.id.desc()))
    return [row for row in rows if matches(query, row.title, row.place, row.series, row.convener)]
