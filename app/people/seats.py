"""The people of a group as its page lists them: by role, each member with the deputies beside. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

SEATED = ("chair", "vice_chair", "member", "expert", "secretary")


class Placed(Protocol):
    id: int
    person_id: int
    role: str
    deputy_for_id: int | None


Place = TypeVar("Place", bound=Placed)


@dataclass
class Seat(Generic[Place]):
    place: Place
    deputies: list[Place] = field(default_factory=list)


def seats_by_role(places: Iterable[Place], order: Iterable[str]) -> list[tuple[str, list[Seat[Place]]]]:
    """Return (role, seats) for the roles that somebody has; the places come in their own order.

    A deputy stands at the first seat of the person for whom they are one, under `deputy` where that person has none.
    """
    places = list(places)
    seats: dict[int, Seat[Place]] = {}
    for place in places:
        if place.role in SEATED:
            seats.setdefault(place.person_id, Seat(place))
    listed: dict[str, list[Seat[Place]]] = {}
    for place in places:
        seat = seats.get(place.person_id)
        own = seat if seat and seat.place is place else Seat(place)
        at = seats.get(place.deputy_for_id) if place.role == "deputy" and place.deputy_for_id else None
        if at:
            at.deputies.append(place)
        else:
            listed.setdefault(place.role, []).append(own)
    return [(role, listed[role]) for role in order if role in listed]


def beside(places: Iterable[Place], place: Place) -> list[Place]:
    """Return the places among which one is moved up and down: those of its role, deputies of one person together."""
    if place.role == "deputy":
        return [it for it in places if it.role == "deputy" and it.deputy_for_id == place.deputy_for_id]
    return [it for it in places if it.role == place.role]
