"""Who belongs to a group, in which role and order."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.errors import NotFound
from app.people.models import Membership, Person
from app.people.seats import beside


def members_of(session: Session, group_id: int) -> list[Membership]:
    """Return a group's places in order, with person and organisation, in one statement."""
    query = select(Membership).options(joinedload(Membership.person).joinedload(Person.organisation))
    return list(
        session.scalars(query.where(Membership.group_id == group_id).order_by(Membership.position, Membership.id))
    )


def place_of(places: list[Membership], membership_id: int) -> Membership:
    """Return one of a group's places; raises NotFound, also for another group's."""
    for place in places:
        if place.id == membership_id:
            return place
    raise NotFound


def add_member(
    session: Session, group_id: int, *, person_id: int, role: str, deputy_for_id: int | None = None
) -> Membership:
    """Place somebody at the end of a group."""
    position = max((place.position for place in members_of(session, group_id)), default=-1) + 1
    place = Membership(
        group_id=group_id, person_id=person_id, role=role, deputy_for_id=deputy_for_id, position=position
    )
    session.add(place)
    session.flush()
    return place


def deputies_left(places: list[Membership], place: Membership) -> list[str]:
    """Return the names of those who lose whom they are deputies for when a place is taken out of its group."""
    if any(it.person_id == place.person_id for it in places if it is not place):
        return []
    return [it.person.name for it in places if it.deputy_for_id == place.person_id]


def remove_member(session: Session, places: list[Membership], place: Membership) -> None:
    """Take a place out of its group; whoever was deputy for the person stays a deputy, of nobody in particular."""
    if not any(it.person_id == place.person_id for it in places if it is not place):
        for deputy in places:
            if deputy.deputy_for_id == place.person_id:
                deputy.deputy_for_id = None
    session.delete(place)


def move_member(places: list[Membership], place: Membership, *, by: int) -> None:
    """Move a place one up (by=-1) or down (by=1) among those of its role; at the end it stays."""
    own = beside(places, place)
    there = own.index(place) + by
    if not 0 <= there < len(own):
        return
    order = list(places)
    order.remove(place)
    target = order.index(own[there])
    order.insert(target if by < 0 else target + 1, place)
    for position, it in enumerate(order):
        it.position = position
