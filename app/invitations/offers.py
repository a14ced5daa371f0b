"""Offers free seats to those who wait for one: by itself, by the clock, and by the secretary's hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import TAKES_PLACE, Event
from app.events.queries import event_by_id, hold
from app.invitations.notices import named, offer_words, send_notice, take_back_notice, withdrawn_offer_words
from app.invitees.models import Invitee, Offer, Response
from app.invitees.queries import invitee_by_id, is_last, withdrawn
from app.invitees.seating import end_offers, keep_seat, room_of, times_of
from app.invitees.waiting import answer_until, lapsed, plan
from app.language import gettext as _
from app.settings import Settings


def offer_free_seats(session: Session, settings: Settings, event: Event, *, at: datetime) -> int:
    """Give up the seats that were kept long enough, and offer those that are free to who is next, if offers are made
    automatically; returns how many were offered. The caller holds the event."""
    starts, deadline = times_of(event)
    automatic = event.offers_by == "automatic" and at < starts and event.cancelled_at is None
    planned = plan(room_of(session, event), at, automatic=automatic)
    if planned.expired:
        over = update(Offer).where(Offer.invitee_id.in_(planned.expired), Offer.state == "open")
        session.execute(over.values(state="expired", ended_at=Offer.expires_at))
    until = answer_until(at, event.offer_hours, starts, deadline)
    for invitee_id in planned.offered:
        invitee = invitee_by_id(session, event.id, invitee_id)
        _offer(session, settings, event, invitee, until=until, made_by="automatic", at=at)
    return len(planned.offered)


def offer_seat(
    session: Session, settings: Settings, event: Event, invitee: Invitee, *, extra: bool = False, at: datetime
) -> None:
    """Offer a seat to one who waits, whether they are next or not; extra: also one beyond the capacity.

    Raises Refused when the event has begun, when they do not wait or have an offer, or when there is no seat.
    """
    hold(session, event.id)
    starts, deadline = times_of(event)
    if at >= starts:
        raise Refused(_("The event has begun, so a seat can no longer be offered."))
    room = lapsed(room_of(session, event), at)
    if invitee.id not in {one.id for one in room.waiting}:
        raise Refused(_("%(name)s is not on the waiting list any more.") % {"name": invitee.person.name})
    if invitee.id in {one.id for one in room.kept}:
        raise Refused(_("%(name)s has been offered a seat already.") % {"name": invitee.person.name})
    if room.full and not extra:
        raise Refused(_("All seats are taken just now. Go back and look at the list again."))
    end_offers(session, [invitee.id], "expired", at)
    until = answer_until(at, event.offer_hours, starts, deadline)
    _offer(session, settings, event, invitee, until=until, made_by="hand", at=at)


def withdraw_offer(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> bool:
    """Withdraw an open offer and tell its recipient, who stays on the list; whoever is next gets it. Returns whether
    there was one."""
    hold(session, event.id)
    ended = session.scalars(select(Offer).where(Offer.invitee_id == invitee.id, Offer.state == "open")).all()
    end_offers(session, [invitee.id], "withdrawn", at)
    for offer in ended:
        if not take_back_notice(session, _key(offer)):
            key = f"offer-withdrawn/{named(offer.id, offer.offered_at)}"
            send_notice(session, settings, event, invitee, lambda: withdrawn_offer_words(event), key=key, at=at)
    offer_free_seats(session, settings, event, at=at)
    return bool(ended)


def events_due(session: Session, at: datetime) -> list[int]:
    """Return the events of which a kept seat is to be given up, or where a free one goes to who is next by itself; a
    read that does not hold up those who write."""
    over = select(Invitee.event_id).join(Offer, Offer.invitee_id == Invitee.id)
    waits = select(Invitee.event_id).join(Response, Response.invitee_id == Invitee.id)
    waits = waits.where(Response.choice == "waiting", is_last(Response), ~withdrawn())
    query = select(Event).where(
        TAKES_PLACE,
        or_(
            Event.id.in_(over.where(Offer.state == "open", Offer.expires_at <= at)),
            (Event.offers_by == "automatic") & Event.id.in_(waits),
        ),
    )
    due = []
    for event in session.scalars(query.order_by(Event.id)):
        planned = plan(room_of(session, event), at, automatic=event.offers_by == "automatic")
        if planned.expired or planned.offered and at < times_of(event)[0] and event.cancelled_at is None:
            due.append(event.id)
    return due


def settle(session: Session, settings: Settings, event_id: int, at: datetime) -> int:
    """Do for one event what time calls for, unless somebody else is at it; returns how many seats were offered."""
    free = select(Event.id).where(Event.id == event_id).with_for_update(key_share=True, skip_locked=True)
    if session.scalar(free) is None:
        return 0
    return offer_free_seats(session, settings, event_by_id(session, event_id), at=at)


def _offer(session, settings, event: Event, invitee: Invitee, *, until: datetime, made_by: str, at: datetime) -> None:
    offer = keep_seat(session, invitee.id, until=until, made_by=made_by, at=at)
    key = _key(offer)
    send_notice(session, settings, event, invitee, lambda: offer_words(event, until), key=key, kind="offer", at=at)


def _key(offer: Offer) -> str:
    return f"offer/{named(offer.id, offer.offered_at)}"
