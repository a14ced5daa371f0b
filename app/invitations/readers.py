"""Who reads the letter, in which language, and who comes before and after; as quick for ten thousand as for ten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import invitee_by_id
from app.people.models import Person

MOST_FOUND = 8


@dataclass(frozen=True)
class Place:
    """One recipient, the place-th of count, and the ids of who comes before and after; None where there is nobody."""

    recipient: Invitee | None
    place: int = 0
    count: int = 0
    earlier: int | None = None
    later: int | None = None


def readers_of(session: Session, event: Event) -> dict[str, int]:
    """Return how many of the invitees would read each language; those of none are not in it."""
    own = func.coalesce(Person.language, event.language)
    query = select(own, func.count()).join(Invitee, Invitee.person_id == Person.id)
    return dict(session.execute(query.where(Invitee.event_id == event.id).group_by(own)).all())


def reading_in(event: Event, language: str, written: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a person's letter is in a language, as `letters.language_of` decides."""
    own = func.coalesce(Person.language, event.language)
    if not written:
        return own == language
    if language == event.language:
        return or_(own == language, own.not_in(written))
    return own == language if language in written else false()


def first_reading(session: Session, event: Event, language: str, written: Collection[str]) -> int | None:
    """Return the id of the first invitee whose letter is in a language."""
    query = select(Invitee.id).join(Person, Person.id == Invitee.person_id)
    mine = query.where(Invitee.event_id == event.id, reading_in(event, language, written))
    return session.scalar(mine.order_by(Invitee.position, Invitee.id).limit(1))


def place_of(session: Session, event: Event, invitee_id: int | None) -> Place:
    """Return an invitee with their place among all, the first for an id that is none of the event's; six queries."""
    mine = select(Invitee.id).where(Invitee.event_id == event.id)
    first = mine.order_by(Invitee.position, Invitee.id).limit(1)
    found = session.scalar(mine.where(Invitee.id == invitee_id)) or session.scalar(first)
    if found is None:
        return Place(None)
    recipient = invitee_by_id(session, event.id, found)
    here, order = (recipient.position, recipient.id), tuple_(Invitee.position, Invitee.id)
    before = mine.where(order < here)
    counts = select(*(select(func.count()).select_from(one.subquery()).scalar_subquery() for one in (mine, before)))
    count, earlier = session.execute(counts).one()
    return Place(
        recipient, earlier + 1, count,
        session.scalar(before.order_by(Invitee.position.desc(), Invitee.id.desc()).limit(1)),
        session.scalar(mine.where(order > here).order_by(Invitee.position, Invitee.id).limit(1)),
    )  # fmt: skip


def invitees_called(session: Session, event: Event, query: str) -> list[tuple[int, str]]:
    """Return the first few invitees in whom every word of a query stands, as (id, name); nobody for no word."""
    if not query.strip():
        return []
    people = select(Invitee.id, Person).join(Person, Person.id == Invitee.person_id)
    mine = people.where(Invitee.event_id == event.id, Person.found(query)).order_by(Person.order_key, Invitee.id)
    return [(invitee_id, person.name) for invitee_id, person in session.execute(mine.limit(MOST_FOUND))]
