"""Resolves fields of the database to people, in a handful of queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.attendance.models import Attendance
from app.distribution.fields import load_fields
from app.distribution.recipients import EVENT_KINDS, Convened, Sources, Term, resolve, within
from app.invitees.models import Invitee, Response
from app.people.models import DistributionList, Membership, Person


@dataclass(frozen=True)
class Recipient:
    """A person whom a field reaches, with the term that reached them first."""

    person: Person
    by: Term


def people_of(session: Session, terms: Sequence[Term], event_id: int | None = None) -> list[Recipient]:
    """Return whom the terms reach, each once, in their order, with their organisations loaded.

    event_id is the event that invited, attended, declined and unanswered mean where they name no other.
    """
    reached = resolve(terms, sources_of(session, terms, event_id))
    ids = [one.person_id for one in reached]
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_(ids))
    people = {person.id: person for person in session.scalars(query)}
    return [Recipient(people[one.person_id], one.by) for one in reached]


def sources_of(session: Session, terms: Iterable[Term], event_id: int | None) -> Sources:
    """Load what the terms, and the lists inside them, are resolved against."""
    lists = lists_within(session, terms)
    every = [*within(terms), *(term for inner in lists.values() for term in within(inner))]
    groups = {term.id for term in every if term.kind == "group"}
    organisations = {term.id for term in every if term.kind == "organisation"}
    events = {term.event_id for term in every if term.kind in EVENT_KINDS}
    return Sources(
        members=_members(session, groups) if groups else {},
        organisations=_employed(session, organisations) if organisations else {},
        lists=lists,
        events={key: convened(session, key or event_id) for key in events if key or event_id},
    )


def lists_within(session: Session, terms: Iterable[Term]) -> dict[int, tuple[Term, ...]]:
    """Return what every list named in the terms holds, and the lists in those, by the lists' ids."""
    found: dict[int, tuple[Term, ...]] = {}
    wanted = {term.id for term in within(terms) if term.kind == "list"}
    while wanted:
        fields = dict(
            session.execute(
                select(DistributionList.id, DistributionList.field_id).where(DistributionList.id.in_(wanted))
            ).all()
        )
        held = load_fields(session, fields.values())
        found |= {list_id: held[field_id] for list_id, field_id in fields.items()}
        inner = {term.id for list_id in fields for term in within(found[list_id]) if term.kind == "list"}
        wanted = inner - set(found)
    return found


def convened(session: Session, event_id: int) -> Convened:
    """Return who was invited, took part, declined or is silent at one event."""
    invited = list(
        session.execute(
            select(Invitee.id, Invitee.person_id)
            .where(Invitee.event_id == event_id)
            .order_by(Invitee.position, Invitee.id)
        )
    )
    choices = dict(
        session.execute(
            select(Response.invitee_id, Response.choice)
            .join(Invitee, Invitee.id == Response.invitee_id)
            .where(Invitee.event_id == event_id)
            .order_by(Response.id)
        ).all()
    )
    present = select(Attendance.person_id).where(
        Attendance.event_id == event_id, Attendance.person_id.is_not(None), Attendance.mode.in_(("in_person", "remote"))
    )
    there = list(session.scalars(present.order_by(Attendance.position, Attendance.id)))
    seats = {person_id: seat for seat, (_id, person_id) in enumerate(invited)}
    return Convened(
        invited=[person_id for _id, person_id in invited],
        attended=sorted(there, key=lambda person_id: seats.get(person_id, len(seats))),
        declined=[person_id for invitee_id, person_id in invited if choices.get(invitee_id) == "declined"],
        unanswered=[person_id for invitee_id, person_id in invited if invitee_id not in choices],
    )


def _members(session: Session, groups: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    query = select(Membership.group_id, Membership.person_id, Membership.role).where(Membership.group_id.in_(groups))
    for group_id, person_id, role in session.execute(query.order_by(Membership.position, Membership.id)):
        members[group_id].append((person_id, role))
    return members


def _employed(session: Session, organisations: Iterable[int]) -> dict[int, list[int]]:
    employed: dict[int, list[int]] = defaultdict(list)
    query = select(Person.organisation_id, Person.id).where(Person.organisation_id.in_(organisations))
    for organisation_id, person_id in session.execute(query.order_by(Person.family_name, Person.given_name, Person.id)):
        employed[organisation_id].append(person_id)
    return employed
