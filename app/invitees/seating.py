"""Reads who has a seat and who waits for one; keeps seats and gives them up (the rule: `app/invitees/waiting.py`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Select, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from app.dates import place_in_zone
from app.events.models import Event
from app.events.queries import hold
from app.forms import sound_address
from app.invitees.models import Invitee, Offer, Response
from app.invitees.queries import is_last, withdrawn
from app.invitees.rsvp import end_of_answering
from app.invitees.waiting import Kept, Room, Waiter, waiting_since
from app.people.models import Person

ENDED = ("expired", "withdrawn")
SITS = or_(
    and_(Response.choice == "accepted", Response.mode.is_distinct_from("remote")),
    and_(Response.choice == "asked", Response.mode == "in_person"),
)


def held_room(session: Session, event: Event) -> Room | None:
    """Return the seats of an event that has only so many, held until this request ends; None of one without a limit."""
    if event.capacity is None:
        return None
    hold(session, event.id)
    session.refresh(event, ["capacity", "offers_by", "offer_hours"])
    return room_of(session, event)


def room_of(session: Session, event: Event) -> Room:
    """Return who has a seat at an event, for whom one is kept, and who waits; three queries, two where nobody waits."""
    rows = session.execute(_room(), {"event_id": event.id}).all()
    offers = offers_of(session, event.id)
    kept = tuple(Kept(offer.invitee_id, offer.expires_at) for offer in offers if offer.state == "open")
    let_go = {one.invitee_id: one.ended_at for one in offers if one.state in ENDED and one.made_by != "place"}
    emails = {id: email for id, choice, email in rows if choice == "waiting"}
    waiting = []
    for id, answers in _histories(session, emails).items():
        since, gone = waiting_since(answers, let_go.get(id))
        public = event.confidentiality == "public"
        reachable = public and bool(emails[id]) and sound_address(emails[id])
        waiting.append(Waiter(id, since, let_go[id] if gone else None, reachable))
    seated = frozenset(id for id, choice, _email in rows if choice != "waiting")
    return Room(event.capacity, seated, kept, tuple(waiting))


def offers_of(session: Session, event_id: int) -> list[Offer]:
    """Return all offers ever made for an event, the first first, but for those to who is no longer needed."""
    return list(session.scalars(_offers(), {"event_id": event_id}))


@cache
def _room() -> Select:
    # putting these questions together costs more than asking them
    return (
        select(Invitee.id, Response.choice, Person.email)
        .join(Response, Response.invitee_id == Invitee.id)
        .join(Person, Person.id == Invitee.person_id)
        .where(Invitee.event_id == bindparam("event_id"), or_(SITS, Response.choice == "waiting"))
        .where(is_last(Response), ~withdrawn())
    )


@cache
def _offers() -> Select:
    query = select(Offer).join(Invitee, Invitee.id == Offer.invitee_id)
    query = query.where(Invitee.event_id == bindparam("event_id"), ~withdrawn()).order_by(Offer.id)
    return query.execution_options(populate_existing=True)


def keep_seat(session: Session, invitee_id: int, *, until: datetime, made_by: str, at: datetime) -> Offer:
    """Keep a seat for an invitee, for whom none is kept yet, until a time."""
    offer = Offer(invitee_id=invitee_id, offered_at=at, expires_at=until, state="open", made_by=made_by)
    session.add(offer)
    session.flush()
    return offer


def end_offers(session: Session, invitee_ids: Collection[int], state: str, at: datetime) -> list[int]:
    """End the open offers of some invitees; returns the ids of those offers."""
    if not invitee_ids:
        return []
    one = update(Offer).where(Offer.invitee_id.in_(invitee_ids), Offer.state == "open")
    return list(session.scalars(one.values(state=state, ended_at=at).returning(Offer.id)))


def times_of(event: Event) -> tuple[datetime, datetime | None]:
    """Return when an event starts and until when answers are awaited, both aware."""
    last = end_of_answering(event.rsvp_deadline)
    starts = place_in_zone(event.starts_at, event.time_zone)
    return starts, place_in_zone(last, event.time_zone) if last else None


def _histories(session: Session, ids: Collection[int]) -> dict[int, list[tuple[str, datetime]]]:
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    if ids:
        query = select(Response.invitee_id, Response.choice, Response.responded_at).where(Response.invitee_id.in_(ids))
        for id, choice, at in session.execute(query.order_by(Response.id)):
            found[id].append((choice, at))
    return found
