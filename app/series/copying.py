"""Makes an event from another: its structure, never its answers, and of its people only those on the chosen list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import TAKES_PLACE, Event
from app.events.queries import event_by_id, hold
from app.invitations.models import InvitationLetter
from app.series.choosing import Choices
from app.series.columns import values_of
from app.series.copied_agenda import CopiedAgenda, copy_agenda
from app.series.copied_memo import copy_memo
from app.series.copied_people import copy_people
from app.series.copied_survey import copy_survey

# a new event is a new case, has not been called off, and decides anew what it shows
OWN = {
    "id", "found_by", "case_number", "template", "copied_from_id", "cancelled_at", "shows_follow_ups", "erased_at",
    "held_until", "held_because",
}  # fmt: skip


@dataclass
class Copied:
    """The new event, and what has to be said of it: items whose fixed time the clock skips on the new day, as (title,
    the time meant, the time it has); questions that lost their condition."""

    event: Event
    shifted: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    unconditional: list[str] = field(default_factory=list)


def copy_event(session: Session, source: Event, values: dict[str, Any], choices: Choices) -> Copied:
    """Store a new event made from another. values are the columns of the new one that are otherwise, `starts_at` among
    them; fixed times move by as many days as the start.

    The same copy once more (a double press) returns the one that there is, with nothing to say of it.
    """
    hold(session, source.id)
    event = _same_again(session, source, values)
    if event is not None:
        return Copied(event)
    event = Event(**values_of(source, OWN) | values, copied_from_id=source.id)
    session.add(event)
    session.flush()
    event = event_by_id(session, event.id)
    days = (event.starts_at.date() - source.starts_at.date()).days
    agenda = copy_agenda(session, source, event, days, choices) if choices.has("agenda") else CopiedAgenda()
    copied = Copied(event, agenda.shifted)
    if choices.has("survey"):
        copied.unconditional = copy_survey(session, source, event, days, agenda.items)
    if choices.has("letters"):
        _copy_letters(session, source, event)
    if choices.has("memo"):
        copy_memo(session, source, event)
    copy_people(session, source, event, choices)
    session.flush()
    return copied


def _same_again(session: Session, source: Event, values: dict[str, Any]) -> Event | None:
    if values.get("template") is not None:
        return None  # whose name is unique
    same = Event.copied_from_id == source.id, Event.title == values["title"], Event.starts_at == values["starts_at"]
    found = session.scalar(select(Event.id).where(TAKES_PLACE, *same).order_by(Event.id).limit(1))
    return event_by_id(session, found) if found else None


def _copy_letters(session: Session, source: Event, event: Event) -> None:
    letters = select(InvitationLetter).where(InvitationLetter.event_id == source.id)
    for letter in session.scalars(letters).all():
        session.add(InvitationLetter(**values_of(letter, {"event_id"}), event_id=event.id))
