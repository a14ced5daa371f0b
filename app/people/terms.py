"""A group's term: where it stands on a day, and what is convened after it. Pure.

Both days of a term belong to it; either may be unknown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

SOON = 6  # months before its end, in which a term is said to be ending

State = Literal["unwritten", "later", "running", "ending", "ended"]


@dataclass(frozen=True)
class Coming:
    """An event to come that concerns a group: it convenes it, is invited to it, or the event is of its series."""

    event_id: int
    title: str
    day: date


@dataclass(frozen=True)
class Term:
    """A group's term as it is seen on a day, with the first event that is convened after its end."""

    starts: date | None
    ends: date | None
    today: date
    beyond: Coming | None = None

    @property
    def state(self) -> State:
        if self.starts is None and self.ends is None:
            return "unwritten"
        if self.starts and self.starts > self.today:
            return "later"
        if self.ends is None:
            return "running"
        if self.ends < self.today:
            return "ended"
        return "ending" if self.ends <= months_after(self.today, SOON) else "running"

    @property
    def months_left(self) -> int:
        """Whole months from today to the term's last day; 0 where it has no end."""
        return months_between(self.today, self.ends) if self.ends else 0

    @property
    def days_left(self) -> int:
        """Days from today to the term's last day; 0 where it has no end."""
        return (self.ends - self.today).days if self.ends else 0


def term_of(starts: date | None, ends: date | None, today: date, coming: Iterable[Coming] = ()) -> Term:
    """Return the term with the first of the coming events whose day is after its end."""
    after = [event for event in coming if ends and event.day > ends]
    return Term(starts, ends, today, min(after, key=lambda event: (event.day, event.event_id), default=None))


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Return how many whole months lie between two days, 0 if end is not later."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months if months_after(start, months) <= end else months - 1)
