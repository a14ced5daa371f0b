"""Terms as bars on one time line of whole years; every place is a percentage of its width. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.people.terms import Term

BACK, AHEAD = 5, 8  # years before and after this one, beyond which nothing is drawn
MOST_YEARS_NAMED = 6


@dataclass(frozen=True)
class Bar:
    """A term as drawn; begun_before and goes_on say that its end there is not on the line, or is not known."""

    left: float
    width: float
    begun_before: bool
    goes_on: bool


@dataclass(frozen=True)
class Line:
    """A time line from the first of January of its first year to the end of its last."""

    first_year: int
    last_year: int
    today: float

    def at(self, day: date) -> float:
        """Return where the beginning of a day stands; before and after the line, its ends."""
        start, end = date(self.first_year, 1, 1), date(self.last_year + 1, 1, 1)
        return round(100 * min(max((day - start).days / (end - start).days, 0), 1), 2)

    @property
    def years(self) -> Sequence[tuple[int, float]]:
        """The years that are named on the line, with where they begin."""
        step = -(-(self.last_year - self.first_year + 1) // MOST_YEARS_NAMED)
        return [(year, self.at(date(year, 1, 1))) for year in range(self.first_year, self.last_year + 1, step)]

    def bar(self, term: Term) -> Bar | None:
        """Return a term's bar; None for a term of which neither day is known."""
        if term.state == "unwritten":
            return None
        left = self.at(term.starts) if term.starts else 0
        right = self.at(term.ends + timedelta(days=1)) if term.ends else 100
        return Bar(
            left=left,
            width=round(max(right - left, 0), 2),
            begun_before=not term.starts or term.starts.year < self.first_year,
            goes_on=not term.ends or term.ends.year > self.last_year,
        )


def line_of(terms: Iterable[Term], today: date) -> Line:
    """Return the line on which today and the terms' days stand, as far as it goes."""
    days = [today]
    for term in terms:
        days += [day for day in (term.starts, term.ends, term.beyond and term.beyond.day) if day]
    first = max(min(days).year, today.year - BACK)
    last = min(max(days).year, today.year + AHEAD)
    bare = Line(first, last, 0)
    return Line(first, last, bare.at(today))
