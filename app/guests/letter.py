"""What an invitee's letter says: who invites, why, until when, what was answered, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.guests.opening import Guest
from app.invitations.facts import contacts_of, represented_words
from app.invitations.saying import said_words
from app.invitees.answering import standing_response
from app.invitees.models import Invitee, Response
from app.invitees.queries import responses_of
from app.invitees.rsvp import Answered, Refusal, Seat, Standing, standing, too_late
from app.invitees.seating import room_of
from app.invitees.substitutes import called
from app.invitees.waiting import lapsed, may_sit
from app.language import spoken
from app.people.models import Person
from app.people.words import body_name
from app.settings import Settings

LONGEST_PATH = 24


@dataclass(frozen=True)
class Contact:
    """Whom to ask: a secretary of the convener, or the secretariat's own address."""

    name: str
    email: str


@dataclass(frozen=True)
class Reply:
    """Where the invitee's answer stands. substitute: what who comes in their place is called to them
    (`app/invitees/substitutes.py`), unless they cannot (`alone`); instead_of: in whose place they come. before: what
    they had answered, who are asked anew. kept_until: so long a seat is kept for them; let_go_at: when an offer to them
    ended. full: no seat is left for them.
    """

    standing: Standing
    closed: Refusal | None
    response: Response | None
    saved_at: datetime | None = None
    substitute: str | None = None
    alone: bool = False
    before: str = ""
    kept_until: datetime | None = None
    let_go_at: datetime | None = None
    full: bool = False
    instead_of: str | None = None


@dataclass(frozen=True)
class Online:
    """The way to take part online: words that fit on a line, and where they lead, if that is an address of the web."""

    words: str
    href: str | None


def convener_of(guest: Guest) -> str:
    return body_name(guest.event.convener, spoken())


def represented_by(guest: Guest) -> str:
    """Return for whom the invitee is asked to come: "a, b sekä c", or nothing."""
    return represented_words(guest.invitee) if guest.invitee else ""


def online_of(event: Event) -> Online | None:
    if not event.online_url:
        return None
    parts = urlsplit(event.online_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Online(event.online_url, None)
    path = parts.path.rstrip("/")
    return Online(parts.hostname + (path if len(path) <= LONGEST_PATH and not parts.query else "/…"), event.online_url)


def reply_of(session: Session, guest: Guest, at: datetime) -> Reply:
    """Return the answer that stands, and whether it is too late for another; two queries, more where somebody is sent,
    seats are few, or they are asked anew."""
    event, invitee = guest.event, guest.invitee
    stands = _standing_answers(session, invitee)
    mine = stands.get(invitee.id)
    answered = {id: Answered(given.choice, given.mode, given.substitute_id) for id, given in stands.items()}
    where = standing(Seat(invitee.id, invitee.substitute_for_id), answered)
    kept_until, let_go_at, full = None, None, False
    if event.capacity is not None or where == Standing.WAITING:
        kept_until, let_go_at, full = seat_of(session, event, invitee, mine, at)
    closed = too_late(at, event.time_zone, event.starts_at, event.rsvp_deadline)
    return Reply(
        standing=where,
        closed=Refusal.CANCELLED
        if event.cancelled_at
        else None
        if kept_until and closed == Refusal.DEADLINE
        else closed,
        response=mine,
        alone=where == Standing.SUBSTITUTE and _cannot_come(session, mine.substitute_id),
        before=_before(session, invitee) if mine and mine.choice == "asked" else "",
        kept_until=kept_until and dates.in_zone(kept_until, event.time_zone),
        let_go_at=let_go_at and dates.in_zone(let_go_at, event.time_zone),
        full=full,
        saved_at=dates.in_zone(mine.responded_at, event.time_zone) if mine else None,
        substitute=called(session, invitee.id, mine.substitute_id) if mine and mine.substitute_id else None,
        instead_of=_name(session, invitee.substitute_for_id) if invitee.substitute_for_id else None,
    )


def contact_of(session: Session, settings: Settings, event: Event) -> Contact:
    """Return whom to ask: the convener's first secretary who has an address, else the secretariat."""
    return Contact(*contacts_of(session, settings, event)[0])


def seat_of(
    session: Session, event: Event, invitee: Invitee, mine: Response | None, at: datetime
) -> tuple[datetime | None, datetime | None, bool]:
    """Return until when a seat is kept for an invitee, when the offer to them ended, and whether they would wait."""
    room = lapsed(room_of(session, event), at)
    kept = next((one.until for one in room.kept if one.id == invitee.id), None)
    let_go = next((one.let_go_at for one in room.waiting if one.id == invitee.id), None)
    place = [id for id in (mine and mine.substitute_id, invitee.substitute_for_id) if id is not None]
    return kept, let_go, not may_sit(room, invitee.id, at, place)


def _cannot_come(session: Session, substitute_id: int) -> bool:
    answer = standing_response(session, substitute_id)
    return answer is not None and answer.choice == "declined" and answer.substitute_id is None


def _before(session: Session, invitee: Invitee) -> str:
    """What somebody had answered who is asked anew; nothing where that is taken back already."""
    given = next((one for one in responses_of(session, invitee.id) if one.choice != "asked"), None)
    return said_words(given) if given else ""


def _standing_answers(session: Session, invitee: Invitee) -> Mapping[int, Response]:
    both = [id for id in (invitee.id, invitee.substitute_for_id) if id is not None]
    last = select(func.max(Response.id)).where(Response.invitee_id.in_(both)).group_by(Response.invitee_id)
    return {given.invitee_id: given for given in session.scalars(select(Response).where(Response.id.in_(last)))}


def _name(session: Session, invitee_id: int) -> str | None:
    person = session.scalar(
        select(Person).join(Invitee, Invitee.person_id == Person.id).where(Invitee.id == invitee_id)
    )
    return person and person.name
