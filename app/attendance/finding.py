"""The questions by which the database finds whoever is on the list of an event, `event_id`.

Each word stands in the words of the person, of their organisation, of whom they come for, or of the one in whose place
they come.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, literal, or_, select
from sqlalchemy.orm import aliased

from app.attendance.models import Attendance, PresentFor
from app.invitees.models import Invitee, Representation
from app.invitees.queries import withdrawn
from app.people.models import Group, Organisation, Person
from app.people.register import words_without_address

EVENT = bindparam("event_id")
ESCAPED = str.maketrans({one: f"/{one}" for one in "/%_"})
INVITEES = and_(Attendance.event_id == Invitee.event_id, Attendance.person_id == Invitee.person_id)
ON_LIST = or_(~withdrawn(), Attendance.id.is_not(None))
UNINVITED = ~exists().where(Invitee.event_id == Attendance.event_id, Invitee.person_id == Attendance.person_id)


def invited(words: int, hides: bool = False) -> Select:
    """hides: nobody is found by an address."""
    sender, sent_by = aliased(Invitee), aliased(Person)
    query = (
        select(Person.order_key, literal(0).label("uninvited"), Invitee.id, Attendance.mode, Attendance.headcount)
        .select_from(Invitee)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Attendance, INVITEES)
        .where(Invitee.event_id == EVENT, ON_LIST)
    )
    if words:
        query = query.outerjoin(sender, sender.id == Invitee.substitute_for_id)
        query = query.outerjoin(sent_by, sent_by.id == sender.person_id)
    for number in range(words):
        stood_for = select(Representation.invitee_id).where(_of_body(Representation, number))
        query = query.where(
            or_(
                # a key in a list is found sooner than a word in a text
                Invitee.id.in_(stood_for), Person.organisation_id.in_(_bodies(Organisation, number)),
                _called(Person, number, hides), _called(sent_by, number, hides),
            )
        )  # fmt: skip
    return query


def others(words: int, hides: bool = False) -> Select:
    deputised = aliased(Person)
    query = (
        select(
            Attendance.order_key, literal(1).label("uninvited"), Attendance.id, Attendance.mode, Attendance.headcount
        )
        .select_from(Attendance)
        .where(Attendance.event_id == EVENT, UNINVITED)
    )
    if words:
        query = query.outerjoin(Person, Person.id == Attendance.person_id)
        query = query.outerjoin(deputised, deputised.id == Attendance.deputy_for_id)
    for number in range(words):
        stood_for = select(PresentFor.attendance_id).where(_of_body(PresentFor, number))
        query = query.where(
            or_(
                _has(Attendance, number), _called(Person, number, hides), _called(deputised, number, hides),
                Attendance.organisation_id.in_(_bodies(Organisation, number)), Attendance.id.in_(stood_for),
            )
        )  # fmt: skip
    return query


def _has(model, number: int) -> ColumnElement[bool]:
    return model.found_by.like(bindparam(f"word{number}"), escape="/")


def _called(person, number: int, hides: bool) -> ColumnElement[bool]:
    words = words_without_address(person) if hides else person.found_by
    return words.like(bindparam(f"word{number}"), escape="/")


def _bodies(model, number: int) -> Select:
    return select(model.id).where(_has(model, number))


def _of_body(stands, number: int) -> ColumnElement[bool]:
    return or_(stands.group_id.in_(_bodies(Group, number)), stands.organisation_id.in_(_bodies(Organisation, number)))


def patterns(words: list[str]) -> dict[str, str]:
    return {f"word{number}": f"%{word.translate(ESCAPED)}%" for number, word in enumerate(words)}
