"""Writes follow-ups: what was proposed, who has it in hand, until when, and what is said of it at later events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.events.models import Event
from app.follow_ups.models import STATES, FollowUp, FollowUpStep
from app.follow_ups.words import owner_words
from app.forms import Reading
from app.language import gettext as _
from app.people.finding import person_called


def read_follow_up(session: Session, posted) -> dict[str, Any]:
    """Return the values of a follow-up from its form; raises Invalid. The owner may be anybody, by name."""
    reading = Reading(posted)
    owner = reading.line("owner", most=200)
    values: dict[str, Any] = {
        "text": reading.text("text", needed=_("Write what is proposed."), most=2000),
        "due": reading.day("due"),
        "state": reading.choice("state", STATES) or "proposed",
    }
    reading.done()
    try:
        person_id = person_called(session, owner).id if owner else None
    except Invalid:
        person_id = None
    return values | {"owner_id": person_id, "owner_name": None if person_id else owner}


def follow_up_values(one: FollowUp) -> dict[str, Any]:
    """Return a follow-up as its form shows it."""
    return {"text": one.text, "owner": owner_words(one), "due": one.due, "state": one.state}


def add_follow_up(session: Session, event: Event, values: Mapping[str, Any]) -> FollowUp:
    """Store a follow-up that arose at an event, after those that it has."""
    last = session.scalar(select(func.max(FollowUp.position)).where(FollowUp.event_id == event.id))
    one = FollowUp(event_id=event.id, position=0 if last is None else last + 1, steps=[], **values)
    session.add(one)
    session.flush()
    return one


def change_follow_up(session: Session, one: FollowUp, values: Mapping[str, Any], *, at: datetime, by: str) -> None:
    """Store a follow-up's changed values; a change of its state is a step of its history. Its steps are loaded."""
    if values["state"] != one.state:
        one.steps.append(FollowUpStep(state=values["state"], at=at, by=by))
    for name, value in values.items():
        setattr(one, name, value)
    session.flush()
    session.refresh(one, ["owner"])


def remove_follow_up(session: Session, one: FollowUp) -> None:
    """Delete a follow-up with its history; an item of an agenda that dealt with it stays."""
    session.delete(one)
    session.flush()


def read_step(posted) -> dict[str, Any]:
    """Return the state and note of what was said of a follow-up; raises Invalid."""
    reading = Reading(posted)
    values = {
        "state": reading.choice("state", STATES, needed=_("Choose how it stands.")),
        "note": reading.text("note", most=2000),
    }
    reading.done()
    return values


def say(session: Session, one: FollowUp, event: Event, values: Mapping[str, Any], *, at: datetime, by: str) -> None:
    """Keep what was said of a follow-up at an event, and how it stands from then on. What was said last at the same
    event is written over."""
    _step(session, one, event, {"passed_over": False, **values}, at, by)
    one.state = values["state"]
    session.flush()


def pass_over(session: Session, one: FollowUp, event: Event, *, at: datetime, by: str) -> None:
    """Leave a follow-up for a later event."""
    _step(session, one, event, {"passed_over": True, "state": one.state, "note": None}, at, by)


def take_up(session: Session, one: FollowUp, event: Event) -> None:
    """Let a follow-up return to an event after all that it was passed over at."""
    one.steps[:] = [step for step in one.steps if not (step.event_id == event.id and step.passed_over)]
    session.flush()


def _step(session: Session, one: FollowUp, event: Event, values: Mapping[str, Any], at: datetime, by: str) -> None:
    last = one.steps[-1] if one.steps else None
    if last is None or last.event_id != event.id:
        last = FollowUpStep(event_id=event.id)
        one.steps.append(last)
    for name, value in {**values, "at": at, "by": by}.items():
        setattr(last, name, value)
    session.flush()
