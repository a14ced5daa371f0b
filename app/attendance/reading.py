"""Reads what the lines of the day show, in columns: to make objects of rows would cost more than the whole search.

The questions are put together once; each takes the keys of all lines at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.attendance.finding import INVITEES
from app.attendance.models import Attendance, PresentFor
from app.attendance.register import PRESENT
from app.invitees.models import Invitee, Representation, Response
from app.invitees.rsvp import Answered
from app.language import spoken
from app.people.models import Group, Organisation, Person
from app.people.names import whole_name
from app.people.words import bodies_joined, body_name, organisation_words

IDS = bindparam("ids", expanding=True)
NAMES = ("name", "name_sv", "name_en")
BODY = (*NAMES, "abbreviation", "abbreviation_sv", "abbreviation_en", "print_as")
TICK = ("mode", "role", "arrived_at", "left_at", "first_item", "last_item", "heading", "headcount")


class Tick(NamedTuple):
    """What is on record of somebody's presence."""

    id: int
    mode: str
    role: str | None
    arrived_at: Any
    left_at: Any
    first_item: int | None
    last_item: int | None
    heading: str | None
    headcount: int | None


class Body(NamedTuple):
    """An organisation or a group, by the columns that its words are made of."""

    name: str
    name_sv: str | None
    name_en: str | None
    abbreviation: str | None = None
    abbreviation_sv: str | None = None
    abbreviation_en: str | None = None
    print_as: str = "name"


def invited_rows(session: Session, ids: Collection[int]) -> Sequence[Row]:
    """Return the rows of invitees: who they are, whom they come for, and their tick."""
    return session.execute(_invited(), {"ids": list(ids)}).all()


def uninvited_rows(session: Session, ids: Collection[int]) -> Sequence[Row]:
    """Return the rows of those who are there without an invitation."""
    return session.execute(_uninvited(), {"ids": list(ids)}).all()


def person_rows(session: Session, ids: Collection[int]) -> Sequence[Row]:
    """Return the rows of people of the address book."""
    return session.execute(_people(), {"ids": list(ids)}).all()


def answers_of(session: Session, invitee_ids: Collection[int]) -> dict[int, Answered]:
    """Return the answers that stand, by invitee."""
    return {id: Answered(*answer) for id, *answer in session.execute(_answers(), {"ids": list(invitee_ids)})}


def came_instead(session: Session, event_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Return who came as a deputy of these people, by person."""
    rows = session.execute(_instead(), {"event": event_id, "ids": list(person_ids)})
    return {person_id: whole_name(given, family) for person_id, given, family in rows}


def bodies_of(
    session: Session, stands: type[Representation] | type[PresentFor], ids: Collection[int]
) -> dict[int, str]:
    """Return whom each invitee, or each line, stands for, in words."""
    found: dict[int, list[str]] = defaultdict(list)
    for id, of_group, *columns in session.execute(_stands(stands), {"ids": list(ids)}):
        group, organisation = columns[: len(NAMES)], columns[len(NAMES) :]
        words = body_name(Body(*group), spoken()) if of_group else organisation_words(Body(*organisation), spoken())
        found[id].append(words)
    return {id: bodies_joined(words, spoken()) for id, words in found.items()}


def organisation_of(row: Row) -> str:
    """Return the words of the organisation of a row."""
    body = Body(*(getattr(row, f"body_{name}") for name in BODY))
    return organisation_words(body, spoken()) if body.name else ""


def tick_of(row: Row) -> Tick | None:
    """Return what is on record in a row."""
    return Tick(row.tick, *(getattr(row, name) for name in TICK)) if row.tick else None


def _body() -> list:
    return [getattr(Organisation, name).label(f"body_{name}") for name in BODY]


def _tick() -> list:
    return [Attendance.id.label("tick"), *(getattr(Attendance, name) for name in TICK)]


@cache
def _invited() -> Select:
    sender, sent_by = aliased(Invitee), aliased(Person)
    return (
        select(
            Invitee.id, Invitee.person_id, Invitee.substitute_for_id, Person.given_name, Person.family_name,
            sent_by.given_name.label("sender_given"), sent_by.family_name.label("sender_family"), *_body(), *_tick(),
        )
        .select_from(Invitee)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Attendance, INVITEES)
        .outerjoin(sender, sender.id == Invitee.substitute_for_id)
        .outerjoin(sent_by, sent_by.id == sender.person_id)
        .where(Invitee.id.in_(IDS))
    )  # fmt: skip


@cache
def _uninvited() -> Select:
    deputised = aliased(Person)
    return (
        select(
            Attendance.id, Attendance.person_id, Attendance.given_name, Attendance.family_name, Attendance.label,
            Attendance.organisation_text, deputised.given_name.label("sender_given"),
            deputised.family_name.label("sender_family"), *_body(), *_tick(),
        )
        .select_from(Attendance)
        .outerjoin(Organisation, Organisation.id == Attendance.organisation_id)
        .outerjoin(deputised, deputised.id == Attendance.deputy_for_id)
        .where(Attendance.id.in_(IDS))
    )  # fmt: skip


@cache
def _people() -> Select:
    people = select(Person.id, Person.given_name, Person.family_name, *_body()).select_from(Person)
    return people.outerjoin(Organisation, Organisation.id == Person.organisation_id).where(Person.id.in_(IDS))


@cache
def _answers() -> Select:
    last = select(func.max(Response.id)).where(Response.invitee_id.in_(IDS)).group_by(Response.invitee_id)
    columns = Response.invitee_id, Response.choice, Response.mode, Response.substitute_id
    return select(*columns).where(Response.id.in_(last))


@cache
def _instead() -> Select:
    there = select(Attendance.deputy_for_id, Attendance.given_name, Attendance.family_name)
    there = there.where(Attendance.event_id == bindparam("event"), Attendance.mode.in_(PRESENT))
    return there.where(Attendance.deputy_for_id.in_(IDS)).order_by(Attendance.position)


@cache
def _stands(stands: type[Representation] | type[PresentFor]) -> Select:
    key = stands.invitee_id if stands is Representation else stands.attendance_id
    group = [getattr(Group, name).label(f"group_{name}") for name in NAMES]
    query = select(key, stands.group_id, *group, *_body()).select_from(stands)
    query = query.outerjoin(Group, Group.id == stands.group_id)
    query = query.outerjoin(Organisation, Organisation.id == stands.organisation_id)
    return query.where(key.in_(IDS)).order_by(key, stands.position)
