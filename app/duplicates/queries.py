"""The pairs that may be one person, and those that were said to be two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.db import chunks
from app.duplicates.likeness import REASONS, Proposal, proposals, reasons, record
from app.duplicates.words import reason_words
from app.people.collation import folded
from app.people.models import DistinctPeople, Person
from app.people.names import SMALL_PARTICLES

COMPARED = (Person.id, Person.given_name, Person.family_name, Person.email, Person.organisation_id)
MOST_ALIKE = 10
MOST_COMPARED = 1000
MOST_COUNTED = 5000


@dataclass(frozen=True)
class Pair:
    """Two people, the older first, with their organisations; reasons are words, the strongest first."""

    one: Person
    other: Person
    reasons: tuple[str, ...] = ()


def proposed(session: Session) -> list[Proposal]:
    """Return the pairs that may be one person, the likeliest first, in two statements."""
    people = session.execute(select(*COMPARED).order_by(Person.id)).all()
    distinct = session.execute(select(DistinctPeople.person_id, DistinctPeople.other_id))
    return proposals(people, {(one, other) for one, other in distinct})


def proposed_count(session: Session) -> int | None:
    """Return how many pairs `proposed` has; None among so many people that finding them would take long."""
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    return len(proposed(session)) if people <= MOST_COUNTED else None


def with_people(session: Session, shown: Iterable[Proposal]) -> list[Pair]:
    """Return some of the pairs with their people."""
    shown = list(shown)
    query = select(Person).options(joinedload(Person.organisation))
    people = {
        person.id: person
        for chunk in chunks({person_id for one in shown for person_id in one[:2]})
        for person in session.scalars(query.where(Person.id.in_(chunk)))
    }
    return [
        Pair(people[it.person_id], people[it.other_id], tuple(reason_words(why) for why in it.reasons)) for it in shown
    ]


def alike(session: Session, person: Person) -> list[Pair]:
    """Return who of the address book may be this very person, the likeliest first: of those with the family name."""
    words = [word for word in folded(person.family_name).split() if word not in SMALL_PARTICLES]
    query = select(*COMPARED).where(Person.id != person.id, Person.found(" ".join(words))).order_by(Person.id)
    mine = record(person)
    found = []
    for other in session.execute(query.limit(MOST_COMPARED)):
        if why := reasons(mine, record(other)):
            found.append(Proposal(person.id, other.id, why))
    found.sort(key=lambda it: REASONS.index(it.reasons[0]))
    return with_people(session, found[:MOST_ALIKE])


def why_alike(one: Person, other: Person) -> list[str]:
    """Return in words why two records may be one person, the strongest reason first."""
    return [reason_words(why) for why in reasons(record(one), record(other))]


def said_distinct(session: Session) -> list[Pair]:
    """Return the pairs that were said to be two people, in the order of a register, in one statement."""
    one, other = aliased(Person), aliased(Person)
    query = (
        select(one, other)
        .select_from(DistinctPeople)
        .join(one, one.id == DistinctPeople.person_id)
        .join(other, other.id == DistinctPeople.other_id)
        .options(joinedload(one.organisation), joinedload(other.organisation))
        .order_by(one.order_key, one.id, other.id)
    )
    return [Pair(*row) for row in session.execute(query)]


def say_distinct(session: Session, person_id: int, other_id: int) -> None:
    """Remember that two are two people; saying it again changes nothing."""
    pair = min(person_id, other_id), max(person_id, other_id)
    if session.get(DistinctPeople, pair) is None:
        session.add(DistinctPeople(person_id=pair[0], other_id=pair[1]))
        session.flush()


def take_back_distinct(session: Session, person_id: int, other_id: int) -> None:
    """Forget that two were said to be two people: they are proposed as one again."""
    pair = min(person_id, other_id), max(person_id, other_id)
    columns = DistinctPeople.person_id == pair[0], DistinctPeople.other_id == pair[1]
    session.execute(delete(DistinctPeople).where(*columns))
