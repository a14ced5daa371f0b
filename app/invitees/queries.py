"""Reads of invitees that many rooms share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.errors import NotFound
from app.invitees.models import Invitee, Representation, Response
from app.people.models import Person

WITH_ALL = (
    joinedload(Invitee.person).joinedload(Person.organisation),
    selectinload(Invitee.represents).joinedload(Representation.group),
    selectinload(Invitee.represents).joinedload(Representation.organisation),
)


def invitees_of(session: Session, event_id: int) -> list[Invitee]:
    """Return an event's invitees in order, with person, organisation and whom they represent, in two queries."""
    query = select(Invitee).options(*WITH_ALL).where(Invitee.event_id == event_id)
    return list(session.scalars(query.order_by(Invitee.position, Invitee.id)))


def invitee_by_id(session: Session, event_id: int, invitee_id: int) -> Invitee:
    """Return one invitee of the event, loaded like `invitees_of`; raises NotFound, also for another event's."""
    query = select(Invitee).options(*WITH_ALL).where(Invitee.id == invitee_id, Invitee.event_id == event_id)
    invitee = session.scalar(query)
    if invitee is None:
        raise NotFound
    return invitee


def current_responses(session: Session, event_id: int) -> dict[int, Response]:
    """Return the answer that stands, the last one given, by the invitee's id; who has not answered is not in it."""
    last = (
        select(func.max(Response.id))
        .join(Invitee, Invitee.id == Response.invitee_id)
        .where(Invitee.event_id == event_id)
        .group_by(Response.invitee_id)
    )
    standing = session.scalars(select(Response).where(Response.id.in_(last)))
    return {response.invitee_id: response for response in standing}


def responses_of(session: Session, invitee_id: int) -> list[Response]:
    """Return all that an invitee has answered, newest first."""
    return list(session.scalars(select(Response).where(Response.invitee_id == invitee_id).order_by(Response.id.desc())))


def is_last(answer) -> ColumnElement[bool]:
    """That there is no later answer of the same invitee."""
    later = aliased(Response)
    return ~exists().where(later.invitee_id == answer.invitee_id, later.id > answer.id)


def withdrawn() -> ColumnElement[bool]:
    """That an invitee came in the place of somebody who has answered otherwise since (app/invitees/rsvp.py)."""
    sender = aliased(Response)
    otherwise = sender.substitute_id.is_distinct_from(Invitee.id)
    return exists().where(sender.invitee_id == Invitee.substitute_for_id, otherwise, is_last(sender))
