"""Keeps what invitees need: sealed, apart from their answers, and only as long as they consent."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import current_responses
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.needs.kinds import Said, read
from app.needs.models import Needs
from app.needs.sealing import seal, unseal
from app.settings import Settings


def asks(event: Event) -> bool:
    """Whether an event asks its invitees for anything that they need."""
    return (event.diet_asked or event.access_asked) and event.cancelled_at is None


def said_by(session: Session, settings: Settings, invitee: Invitee) -> tuple[Said, datetime | None]:
    """Return what an invitee has said, and when they consented; one query."""
    kept = session.get(Needs, invitee.id)
    if kept is None:
        return Said(), None
    return read(json.loads(unseal(settings.secret, kept.sealed, invitee.event_id))), kept.consented_at


def say(session: Session, settings: Settings, invitee: Invitee, said: Said, *, at: datetime) -> None:
    """Keep what an invitee says, in place of what they have said before; nothing said is taken back."""
    take_back(session, invitee)
    if said:
        sealed = seal(settings.secret, json.dumps(said.as_json()).encode(), invitee.event_id)
        session.add(Needs(invitee_id=invitee.id, sealed=sealed, consented_at=at))
        session.flush()


def take_back(session: Session, invitee: Invitee) -> None:
    """Erase at once what an invitee has said."""
    session.execute(delete(Needs).where(Needs.invitee_id == invitee.id))


def said_of(session: Session, settings: Settings, event: Event) -> list[tuple[Standing, Said]]:
    """Return what the invitees of an event have said, without saying who, each with where their answer stands."""
    query = select(Invitee.id, Invitee.substitute_for_id, Needs.sealed).join(Needs, Needs.invitee_id == Invitee.id)
    rows = session.execute(query.where(Invitee.event_id == event.id)).all()
    given = current_responses(session, event.id)
    answers = {id: Answered(one.choice, one.mode, one.substitute_id) for id, one in given.items()}
    return [
        (standing(Seat(id, sender), answers), read(json.loads(unseal(settings.secret, sealed, event.id))))
        for id, sender, sealed in rows
    ]
