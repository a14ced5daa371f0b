"""Resolves fields of the database to people, in a handful of queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance
from app.db import chunks
from app.distribution.fields import load_fields
from app.distribution.recipients import EVENT_KINDS, Convened, Sources, Term, lists_in, within
from app.distribution.ways import Reached, Way, resolve
from app.invitees.models import Invitee, Response
from app.invitees.queries import withdrawn
from app.people.models import DistributionList, Membership, Organisation, Person
from app.people.names import whole_name

Model = TypeVar("Model", Organisation, Person)


class Contact(NamedTuple):
    """What is needed of a person to write to them. A row of its own: ten thousand mapped objects take half a second."""

    id: int
    given_name: str
    family_name: str
    email: str | None
    language: str | None
    organisation: Organisation | None

    @property
    def name(self) -> str:
        """Given name first, as papers print it."""
        return whole_name(self.given_name, self.family_name)


@dataclass(frozen=True, slots=True)
class ReachedPerson:
    """A person whom a field reaches, with every way by which they are reached, the strongest first."""

    person: Contact
    ways: tuple[Way, ...]


def people_of(session: Session, terms: Sequence[Term], event_id: int | None = None) -> list[ReachedPerson]:
    """Return whom the terms reach, each once, in the terms' order, with their organisations loaded.

    event_id is the event that invited, attended, declined and unanswered mean where they name no other.
    """
    reached = resolve(terms, sources_of(session, terms, event_id))
    people = people_reached(session, reached)
    return [ReachedPerson(people[one.person_id], one.ways) for one in reached]


def people_reached(session: Session, reached: Iterable[Reached]) -> dict[int, Contact]:
    """Return the people who were reached, with their organisations, by id."""
    columns = Person.id, Person.given_name, Person.family_name, Person.email, Person.language, Person.organisation_id
    rows = [
        row
        for chunk in chunks([one.person_id for one in reached])
        for row in session.execute(select(*columns).where(Person.id.in_(chunk)))
    ]
    organisations = rows_of(session, Organisation, {row[-1] for row in rows} - {None})
    return {row[0]: Contact(*row[:-1], organisations.get(row[-1])) for row in rows}


def sources_of(session: Session, terms: Iterable[Term], event_id: int | None) -> Sources:
    """Load what the terms, and the lists inside them, are resolved against."""
    terms = list(terms)
    lists = lists_within(session, terms)
    every = [*within(terms), *(term for inner in lists.values() for term in within(inner))]
    groups = {term.id for term in every if term.kind == "group"}
    organisations = {term.id for term in every if term.kind == "organisation"}
    named = {term.event_id for term in every if term.kind in EVENT_KINDS}
    events = convened(session, {key or event_id for key in named} - {None}) if named else {}
    return Sources(
        members=_members(session, groups) if groups else {},
        organisations=_employed(session, organisations) if organisations else {},
        lists=lists,
        events={key: events[key or event_id] for key in named if key or event_id},
    )


def lists_within(session: Session, terms: Iterable[Term]) -> dict[int, tuple[Term, ...]]:
    """Return what every list named in the terms holds, and the lists in those, by the lists' ids."""
    found: dict[int, tuple[Term, ...]] = {}
    wanted = set(lists_in(terms))
    while wanted:
        fields = fields_of_lists(session, wanted)
        held = load_fields(session, fields.values())
        found |= {list_id: held[field_id] for list_id, field_id in fields.items()}
        wanted = {inner for list_id in fields for inner in lists_in(found[list_id])} - set(found)
    return found


def fields_of_lists(session: Session, list_ids: Collection[int]) -> dict[int, int]:
    """Return the ids of the lists' fields, by the lists' ids."""
    query = select(DistributionList.id, DistributionList.field_id).where(DistributionList.id.in_(list_ids))
    return dict(session.execute(query).all())


def convened(session: Session, event_ids: Collection[int]) -> dict[int, Convened]:
    """Return who was invited, took part, declined or is silent, by event, in three queries.

    A substitute who was let go is none of them any more, unless they came all the same.
    """
    seats: dict[int, list[tuple[int, int]]] = defaultdict(list)
    gone: set[int] = set()
    places = select(Invitee.event_id, Invitee.id, Invitee.person_id, withdrawn()).where(Invitee.event_id.in_(event_ids))
    for event_id, invitee_id, person_id, let_go in session.execute(places.order_by(Invitee.position, Invitee.id)):
        seats[event_id].append((invitee_id, person_id))
        gone |= {invitee_id} if let_go else set()
    answers = select(Response.invitee_id, Response.choice).join(Invitee, Invitee.id == Response.invitee_id)
    said = session.execute(answers.where(Invitee.event_id.in_(event_ids)).order_by(Response.id))
    choices = dict(said.all())  # the last stands
    there: dict[int, list[int]] = defaultdict(list)
    present = select(Attendance.event_id, Attendance.person_id).where(
        Attendance.event_id.in_(event_ids), Attendance.person_id.is_not(None),
        Attendance.mode.in_(("in_person", "remote")),
    )  # fmt: skip
    for event_id, person_id in session.execute(present.order_by(Attendance.position, Attendance.id)):
        there[event_id].append(person_id)
    return {event_id: _convened(seats[event_id], gone, there[event_id], choices) for event_id in event_ids}


def _convened(
    places: Sequence[tuple[int, int]], gone: Collection[int], there: Iterable[int], choices: dict[int, str]
) -> Convened:
    seats = {person_id: seat for seat, (_id, person_id) in enumerate(places)}
    invited = [place for place in places if place[0] not in gone]
    return Convened(
        invited=[person_id for _id, person_id in invited],
        attended=sorted(there, key=lambda person_id: seats.get(person_id, len(seats))),
        declined=[person_id for invitee_id, person_id in invited if choices.get(invitee_id) == "declined"],
        unanswered=[person_id for invitee_id, person_id in invited if choices.get(invitee_id, "asked") == "asked"],
    )


def _members(session: Session, groups: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for chunk in chunks(groups):
        query = select(Membership.group_id, Membership.person_id, Membership.role).where(Membership.group_id.in_(chunk))
        for group_id, person_id, role in session.execute(query.order_by(Membership.position, Membership.id)):
            members[group_id].append((person_id, role))
    return members


def _employed(session: Session, organisations: Collection[int]) -> dict[int, list[int]]:
    employed: dict[int, list[int]] = defaultdict(list)
    for chunk in chunks(organisations):
        query = select(Person.organisation_id, Person.id).where(Person.organisation_id.in_(chunk))
        for organisation_id, person_id in session.execute(query.order_by(Person.order_key, Person.id)):
            employed[organisation_id].append(person_id)
    return employed


def rows_of(session: Session, model: type[Model], ids: Collection[int]) -> dict[int, Model]:
    """Return the rows of a table by their ids."""
    return {row.id: row for chunk in chunks(ids) for row in session.scalars(select(model).where(model.id.in_(chunk)))}
