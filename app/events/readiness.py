"""What an event lacks before people are invited. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Prepared:
    """What is known of an event before inviting; over and gaps in minutes, of its agenda.

    term_ends is the last day of its convener's term, where one is written.
    """

    ends: bool
    place: bool
    online: bool
    background: bool
    deadline: bool
    public: bool
    items: int
    over: int
    gaps: int
    overlaps: int
    questions: int | None
    survey_closes: datetime | None
    starts: datetime
    days: int
    term_ends: date | None = None


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or odd: key says what, stage where it is mended; `stops` where nobody can come."""

    key: str
    where: str
    stops: bool = False
    minutes: int = 0


def lacks(event: Prepared) -> list[Lack]:
    """Return what to put right before inviting, what stops first."""
    found = [
        (not event.place and not event.online, Lack("place", "details", stops=True)),
        (event.days < 0, Lack("past", "details", stops=True)),
        (not event.public, Lack("not_public", "details", stops=True)),
        (bool(event.term_ends and event.term_ends < event.starts.date()), Lack("term", "convener")),
        (not event.ends, Lack("end", "details")),
        (not event.deadline, Lack("deadline", "details")),
        (not event.background, Lack("background", "details")),
        (event.items == 0, Lack("agenda", "agenda")),
        (event.over > 0, Lack("overrun", "agenda", minutes=event.over)),
        (event.overlaps > 0, Lack("overlap", "agenda", minutes=event.overlaps)),
        (event.gaps > 0, Lack("gap", "agenda", minutes=event.gaps)),
        (event.questions == 0, Lack("questions", "survey")),
        (bool(event.survey_closes and event.survey_closes > event.starts), Lack("survey_late", "survey")),
    ]
    return [lack for lacking, lack in found if lacking]
