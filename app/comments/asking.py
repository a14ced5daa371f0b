"""Reads whom the secretary wants to ask, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.comments.choosing import chosen
from app.comments.times import usual_deadline
from app.dates import in_zone, place_in_zone
from app.distribution.resolving import Contact
from app.errors import Invalid
from app.events.models import Event
from app.forms import Reading, can_be_mailed, key_of
from app.language import gettext as _
from app.people.finding import person_called

MOST_NOTE = 5_000


@dataclass(frozen=True)
class Asked:
    """listed: everybody on the summary; ticked: the ids of those who are asked. closes_at is aware."""

    listed: Sequence[Contact]
    ticked: frozenset[int]
    closes_at: datetime
    note: str | None

    @property
    def readers(self) -> list[Contact]:
        return [person for person in self.listed if person.id in self.ticked and can_be_mailed(person.email)]

    @property
    def unreachable(self) -> list[Contact]:
        return [person for person in self.listed if not can_be_mailed(person.email)]


def usual(event: Event, at: datetime) -> dict[str, object]:
    """What the form begins with: those who took part, and a week from now at 16.00 on the event's clock."""
    closes = usual_deadline(in_zone(at, event.time_zone))
    return {"who": ["attended"], "closes": closes.isoformat(timespec="minutes")}


def read_asked(session: Session, event: Event, posted: FormData, at: datetime) -> Asked:
    """Return whom a form names: circles (`who`), a name (`person`), and on the summary all who stand there (`listed`)
    and those of them who are ticked (`reader`). Raises Invalid."""
    reading = Reading(posted)
    closes_at = _deadline(reading, event, at)
    note = reading.text("note", most=MOST_NOTE)
    named = _named(session, reading)
    listed = [key for text in posted.getlist("listed") if (key := key_of(text)) is not None]
    circles = [str(key) for key in posted.getlist("who")]
    people = chosen(session, event, circles, [*listed, *named])
    if not people and not reading.problems:
        reading.problem("who", _("Choose whom to ask."))
    reading.done()
    ticked = {key for text in posted.getlist("reader") if (key := key_of(text)) is not None} | set(named)
    asked = frozenset(person.id for person in people if person.id in ticked or person.id not in listed)
    return Asked(people, asked, closes_at, note)


def _named(session: Session, reading: Reading) -> list[int]:
    text = reading.line("person", most=300)
    if not text:
        return []
    try:
        return [person_called(session, text).id]
    except Invalid as invalid:
        reading.problems += [("person", sentence) for _place, sentence in invalid.problems]
        return []


def _deadline(reading: Reading, event: Event, at: datetime) -> datetime:
    """The moment at which comments end; at where it is wrong, which is remembered."""
    local = reading.local_time("closes", needed=_("Write until when comments are awaited."))
    if local is None:
        return at
    try:
        closes_at = place_in_zone(local, event.time_zone)
    except ValueError:
        reading.problem("closes", _("The clock never shows this time. Choose another one."))
        return at
    if closes_at.timestamp() <= at.timestamp():
        reading.problem("closes", _("This moment has passed. Choose a later one."))
    return closes_at


def read_deadline(event: Event, posted: FormData, at: datetime) -> datetime:
    """Return the new moment at which comments end; raises Invalid."""
    reading = Reading(posted)
    closes_at = _deadline(reading, event, at)
    reading.done()
    return closes_at
