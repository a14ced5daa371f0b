"""The seats of an event as the table of answers shows them: how many are taken, who waits, what they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitees.seating import room_of
from app.invitees.waiting import Room, lapsed, queue, to_be_called
from app.language import gettext as _
from app.language import ngettext, spoken


@dataclass(frozen=True)
class Seating:
    """One invitee's seat. place: on the waiting list, from 1; kept: whether a seat is kept for them; words tell of it;
    may_offer: whether they may be offered one."""

    place: int | None = None
    kept: bool = False
    words: str = ""

    @property
    def may_offer(self) -> bool:
        return self.place is not None and not self.kept


NO_SEAT = Seating()


@dataclass(frozen=True)
class Seats:
    """full: nobody can be offered a seat but an extra one; to_call: whom a free seat awaits and no mail reaches."""

    full: bool
    words: str
    to_call: tuple[int, ...]
    by_invitee: Mapping[int, Seating]

    def of(self, invitee_id: int) -> Seating:
        return self.by_invitee.get(invitee_id, NO_SEAT)


def seats_of(session: Session, event: Event, at: datetime) -> Seats:
    """Return an event's seats as they stand at an instant; three queries at most."""
    room = lapsed(room_of(session, event), at)
    places = {one.id: place for place, one in enumerate(queue(room.waiting), start=1)}
    until = {one.id: one.until for one in room.kept}
    let_go = {one.id: one.let_go_at for one in room.waiting if one.let_go_at}
    by_invitee = {
        id: Seating(places.get(id), id in until, "; ".join(_told(event, places.get(id), until.get(id), let_go.get(id))))
        for id in {*places, *until}
    }
    calls = tuple(to_be_called(room, at)) if event.offers_by == "automatic" else ()
    return Seats(room.full, seats_words(event, room), calls, by_invitee)


def seats_words(event: Event, room: Room) -> str:
    """Return how full the room is, as a sentence or two."""
    waiting = ngettext("%(num)s person waits.", "%(num)s people wait.", len(room.waiting)) % {"num": len(room.waiting)}
    if room.capacity is None:
        return _("There is no limit to the seats.") + " " + waiting
    kept = len({one.id for one in room.kept} - room.seated)
    said = {"taken": len(room.seated), "capacity": room.capacity, "kept": kept}
    taken = _("%(taken)s of %(capacity)s seats are taken.") % said
    if kept:
        taken = _("%(taken)s of %(capacity)s seats are taken and %(kept)s kept.") % said
    return f"{taken} {waiting}"


def _told(event: Event, place: int | None, until: datetime | None, let_go_at: datetime | None) -> list[str]:
    told = [_("place %(place)s on the list") % {"place": place}] if place else []
    if until is not None:
        words = _("has been offered a seat, until %(until)s") if place else _("a seat is kept until %(until)s")
        told.append(words % {"until": _clock(event, until)})
    elif let_go_at is not None:
        told.append(_("did not take the seat offered until %(until)s") % {"until": _clock(event, let_go_at)})
    return told


def _clock(event: Event, instant: datetime) -> str:
    return dates.day_and_clock(dates.in_zone(instant, event.time_zone), spoken())
