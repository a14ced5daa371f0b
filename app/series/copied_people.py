"""Puts people on a new event's list to invite: those of the event before, or whom it is for now; never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.attendance.models import Attendance
from app.attendance.presence import PRESENT
from app.distribution.recipients import Term
from app.events.models import Event
from app.invitations.picking import pick
from app.invitees.models import Invitee, Representation
from app.invitees.queries import invitees_of
from app.series.choosing import Choices

Bodies = Sequence[tuple[int | None, int | None]]  # group and organisation, one of them


def copy_people(session: Session, source: Event, event: Event, choices: Choices) -> None:
    """Add whom the choice names, in order, each with whom they represent and in which role."""
    if choices.people == "members":
        pick(session, event, Term("group", source.convener_id))
    elif choices.people == "list" and choices.list_id is not None:
        pick(session, event, Term("list", choices.list_id))
    elif choices.people == "invited":
        own = [one for one in invitees_of(session, source.id) if one.substitute_for_id is None]
        _add(session, event, [(one.person_id, one.role, _bodies(one.represents)) for one in own])
    elif choices.people == "attended":
        _add(session, event, _who_took_part(session, source))


def _who_took_part(session: Session, source: Event) -> list[tuple[int, str | None, Bodies]]:
    """Those who were there, substitutes and walk-ins of the address book too; for whom they came that day."""
    invited = {one.person_id: one for one in invitees_of(session, source.id)}
    query = select(Attendance).options(selectinload(Attendance.represents))
    query = query.where(
        Attendance.event_id == source.id, Attendance.mode.in_(PRESENT), Attendance.person_id.is_not(None)
    )
    found = []
    for line in session.scalars(query.order_by(Attendance.position, Attendance.id)):
        invitee = invited.get(line.person_id)
        represents = line.represents or (invitee.represents if invitee else [])
        found.append((line.person_id, line.role or (invitee.role if invitee else None), _bodies(represents)))
    order = {person_id: place for place, person_id in enumerate(invited)}
    return sorted(found, key=lambda one: order.get(one[0], len(order)))


def _bodies(represents: Iterable) -> Bodies:
    return [(one.group_id, one.organisation_id) for one in represents]


def _add(session: Session, event: Event, people: Iterable[tuple[int, str | None, Bodies]]) -> None:
    for position, (person_id, role, bodies) in enumerate(people):
        represents = [
            Representation(position=place, group_id=group_id, organisation_id=organisation_id)
            for place, (group_id, organisation_id) in enumerate(bodies)
        ]
        session.add(
            Invitee(event_id=event.id, person_id=person_id, position=position, role=role, represents=represents)
        )
    session.flush()
