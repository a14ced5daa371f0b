"""The lines of a programme: its items with their times, numbers and days, as every page and paper has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.agenda.numbering import numbers
from app.agenda.queries import agenda_of
from app.agenda.timetable import Slot, timetable
from app.events.models import Event


@dataclass(frozen=True)
class Line:
    """One item: when, under which number, and the day where another one begins than of the line before; among items of
    one day only, none. sum: the minutes from the first item to the end of this one."""

    item: AgendaItem
    slot: Slot
    number: str | None
    day: date | None
    sum: int

    @property
    def heads(self) -> bool:
        """Whether it is a heading over what follows, and no item with a time of its own."""
        return self.item.kind == "section"


def programme_of(session: Session, event: Event) -> list[Line]:
    """Return an event's programme in order, with speakers loaded; two queries."""
    return lines_of(agenda_of(session, event.id), event)


def lines_of(items: Sequence[AgendaItem], event: Event) -> list[Line]:
    """Return items, which come in order, as the lines of their event's programme."""
    slots = timetable(items, event.starts_at, event.ends_at, event.time_zone)
    days = headed([slot.start.date() for slot in slots])
    sums = accumulate(slot.minutes for slot in slots)
    of_items = numbers(items, event.numbering, event.first_number)
    return [Line(*line) for line in zip(items, slots, of_items, days, sums, strict=True)]


def headed(days: Sequence[date]) -> list[date | None]:
    """Return for each row, by its day, the day that is said above it: where it changes, and first if there are more."""
    if len(set(days)) < 2:
        return [None] * len(days)
    return [day if place == 0 or day != days[place - 1] else None for place, day in enumerate(days)]
