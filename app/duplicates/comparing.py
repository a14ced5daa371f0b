"""Two records side by side: what each holds, and what merging them does, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from app.attendance.history import PersonsEvent, events_of_person
from app.duplicates.choosing import FIELDS, offered
from app.duplicates.merging import refuse_all_but_two
from app.duplicates.sheets import Sheets, sheets_of
from app.language import LANGUAGES, pgettext
from app.language import gettext as _
from app.people.models import DistinctPeople, DistributionList, Group, Membership, Person, Recipient
from app.people.traces import traces


@dataclass(frozen=True)
class Place:
    """A place in a group; deputy_for is the name of the one in whose place a deputy comes."""

    group: Group
    role: str
    deputy_for: str | None


@dataclass(frozen=True)
class Side:
    """One of the two records. traces says, in words, how much refers to it in all."""

    person: Person
    places: Sequence[Place]
    lists: Sequence[DistributionList]
    events: Sequence[PersonsEvent]
    traces: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """Two records, the older first. chosen: by differing field, whose value stays; sheets: surveys that both answered.

    seen changes when either record does, so that nobody merges what they have not seen.
    """

    sides: tuple[Side, Side]
    sheets: Sequence[Sheets]
    chosen: Mapping[str, int]
    distinct: bool
    seen: str

    @property
    def people(self) -> list[Person]:
        return [side.person for side in self.sides]

    def values(self) -> dict[str, object]:
        """Return the columns that the merged person gets."""
        people = {person.id: person for person in self.people}
        return {name: getattr(people[whose], name) for name, whose in self.chosen.items() if name in FIELDS}

    def whose_sheets(self) -> dict[int, int]:
        """Return by survey the id of the person whose sheet stands."""
        return {pair.survey_id: self.chosen[f"sheet_{pair.survey_id}"] for pair in self.sheets}


def compared(session: Session, person_id: int, other_id: int, choices: Mapping[str, str]) -> Comparison:
    """Return both records with what hangs on them; choices: by field, the id of the person whose value stays.

    Raises NotFound where there never were two; Refused for one and the same person, and where one of them is gone.
    """
    people = _people(session, person_id, other_id)
    places, lists = _places(session, people), _lists(session, people)
    one, other = (
        Side(it, places[it.id], lists[it.id], events_of_person(session, it.id), traces(session, it)) for it in people
    )
    sheets = sheets_of(session, people[0].id, people[1].id)
    chosen = offered(people) | {f"sheet_{pair.survey_id}": pair.preferred for pair in sheets}
    ids = {str(person.id): person.id for person in people}
    chosen |= {name: ids[choices[name]] for name in chosen if choices.get(name) in ids}
    distinct = session.get(DistinctPeople, (people[0].id, people[1].id)) is not None
    return Comparison((one, other), sheets, chosen, distinct, _seen(people, sheets))


def label(field: str) -> str:
    """What a field is called; field is one of `choosing.FIELDS`."""
    words = {
        "given_name": _("Given name"), "family_name": _("Family name"), "email": _("E-mail"),
        "organisation_id": _("Organisation"), "title": pgettext("person", "Title"), "unit": _("Unit"),
        "language": _("Language"),
    }  # fmt: skip
    return words[field]


def value_words(person: Person, field: str) -> str:
    """What a record holds in a field; empty where it holds nothing."""
    if field == "organisation_id":
        return person.organisation.name if person.organisation else ""
    if field == "language":
        return LANGUAGES[person.language] if person.language else ""
    return getattr(person, field) or ""


def _people(session: Session, person_id: int, other_id: int) -> list[Person]:
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_((person_id, other_id)))
    people = list(session.scalars(query.order_by(Person.id)))
    refuse_all_but_two(people, person_id, other_id)
    return people


def _places(session: Session, people: Sequence[Person]) -> dict[int, list[Place]]:
    deputised = aliased(Person)
    query = (
        select(Membership.person_id, Membership.role, Group, deputised)
        .join(Group, Group.id == Membership.group_id)
        .outerjoin(deputised, deputised.id == Membership.deputy_for_id)
        .where(Membership.person_id.in_([person.id for person in people]))
        .order_by(Group.found_by, Group.id, Membership.position)
    )
    places: dict[int, list[Place]] = {person.id: [] for person in people}
    for owner, role, group, of in session.execute(query):
        places[owner].append(Place(group, role, of.name if of else None))
    return places


def _lists(session: Session, people: Sequence[Person]) -> dict[int, list[DistributionList]]:
    query = (
        select(Recipient.person_id, DistributionList)
        .join(DistributionList, DistributionList.field_id == Recipient.field_id)
        .where(Recipient.person_id.in_([person.id for person in people]))
        .order_by(DistributionList.name, Recipient.id)
    )
    lists: dict[int, list[DistributionList]] = {person.id: [] for person in people}
    for owner, one in session.execute(query):
        if one not in lists[owner]:
            lists[owner].append(one)
    return lists


def _seen(people: Sequence[Person], sheets: Sequence[Sheets]) -> str:
    held = [[getattr(person, name) for name in ("id", *FIELDS)] for person in people]
    return hashlib.sha256(repr((held, [(pair.sent, pair.answers) for pair in sheets])).encode()).hexdigest()[:16]
