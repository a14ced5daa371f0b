"""Opens a personal link for one who is writing: one query tells who it is, since it runs at every few letters.

Loading is authorising, as in `app/guests/opening.py`, which loads all that the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fastapi import Request
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from app.errors import Ended, NotFound, ProofNeeded
from app.events.details import PUBLIC
from app.events.models import Event
from app.guests.opening import (
    LAST_ISSUED,
    another_link,
    browser_is_proven,
    guesses_counted,
    has_ended,
    link_cookie,
    spoken_by,
)
from app.invitees.models import Invitee
from app.links.links import sought
from app.links.models import PersonalLink
from app.people.models import Person
from app.settings import Settings


class WritersEvent(NamedTuple):
    """As `Event`."""

    id: int
    starts_at: datetime
    time_zone: str
    cancelled_at: datetime | None
    confidentiality: str


class WritersPerson(NamedTuple):
    """As `Person`."""

    id: int


@dataclass(frozen=True)
class Writer:
    """A guest (`opening.Guest`) of whom only that is known which the keeping of answers needs."""

    public_id: str
    answers: bool
    event: WritersEvent
    person: WritersPerson
    language: str


_link, _event, _person, _invitee = (one.__table__.c for one in (PersonalLink, Event, Person, Invitee))
WRITER = (
    select(
        _link.id, _link.public_id, _link.purpose, _link.event_id,
        _event.starts_at, _event.ends_at, _event.time_zone, _event.cancelled_at, _event.confidentiality,
        LAST_ISSUED.label("issued"),
        _link.person_id, _person.language.label("persons"), _event.language.label("events"),
        _invitee.id.label("invitee_id"),
    )
    .select_from(PersonalLink.__table__)
    .join(Event.__table__, _event.id == _link.event_id)
    .join(Person.__table__, _person.id == _link.person_id)
    .outerjoin(
        Invitee.__table__, and_(_invitee.event_id == _link.event_id, _invitee.person_id == _link.person_id)
    )
    .where(_link.token_hash == bindparam("digest"), _link.revoked_at.is_(None))
)  # fmt: skip


def writer_of(public_id: str, request: Request, session: Session, settings: Settings, at: datetime) -> Writer:
    """Return who is writing at a link's page; raises as `opening.opened` does."""
    token = request.cookies.get(link_cookie(settings, public_id))
    if token is None:
        raise NotFound
    with guesses_counted(request, at):
        row = _row(session, token)
    if row.public_id != public_id:
        raise another_link()
    if has_ended(row.ends_at or row.starts_at, row.time_zone, row.issued, settings.link_days, at):
        raise Ended
    if row.invitee_id is None and row.purpose == "invitation":
        raise NotFound
    if row.confidentiality != PUBLIC and not browser_is_proven(session, request, row, at):
        raise ProofNeeded(public_id)
    event = WritersEvent(row.event_id, row.starts_at, row.time_zone, row.cancelled_at, row.confidentiality)
    language = spoken_by(request, row.persons, row.events)
    return Writer(public_id, row.purpose == "invitation", event, WritersPerson(row.person_id), language)


def _row(session: Session, token: str):
    digest = sought(token)
    row = session.connection().execute(WRITER, {"digest": digest}).one_or_none() if digest else None
    if row is None:
        raise NotFound
    return row
