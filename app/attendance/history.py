"""What somebody has been called to: the events of a person or of a group, what was answered, and who was there."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.attendance.models import Attendance
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.people.models import Group, Organisation, Person


@dataclass
class PersonsEvent:
    """One event of a person; standing is None where they were not invited, presence None where it was not taken."""

    event: Event
    represents: list[Group | Organisation] = field(default_factory=list)
    standing: Standing | None = None
    presence: str | None = None


@dataclass
class GroupsEvent:
    """One event that a group was invited to: by whom it was represented, each with the presence or None."""

    event: Event
    people: list[tuple[Person, str | None]] = field(default_factory=list)


def events_of_person(session: Session, person_id: int) -> list[PersonsEvent]:
    """Return the events that a person was invited to or took part in, the last first, in at most five statements."""
    invited = session.execute(
        select(Invitee, Event)
        .join(Event, Event.id == Invitee.event_id)
        .options(
            selectinload(Invitee.represents).options(
                joinedload(Representation.group), joinedload(Representation.organisation)
            )
        )
        .where(Invitee.person_id == person_id)
    ).all()
    answers = _answers(session, [invitee for invitee, _event in invited])
    events: dict[int, PersonsEvent] = {}
    for invitee, event in invited:
        bodies = [body for it in invitee.represents if (body := it.group or it.organisation)]
        events[event.id] = PersonsEvent(event, bodies, standing(Seat(invitee.id, invitee.substitute_for_id), answers))
    present = select(Attendance.mode, Event).join(Event, Event.id == Attendance.event_id)
    for mode, event in session.execute(present.where(Attendance.person_id == person_id)):
        events.setdefault(event.id, PersonsEvent(event)).presence = mode
    return sorted(events.values(), key=lambda it: _when(it.event), reverse=True)


def events_of_group(session: Session, group_id: int) -> list[GroupsEvent]:
    """Return the events that people were invited to on behalf of a group, the last first, in one statement."""
    rows = session.execute(
        select(Event, Person, Attendance.mode)
        .select_from(Representation)
        .join(Invitee, Invitee.id == Representation.invitee_id)
        .join(Event, Event.id == Invitee.event_id)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Attendance, (Attendance.event_id == Event.id) & (Attendance.person_id == Person.id))
        .where(Representation.group_id == group_id)
        .order_by(Invitee.position)
    )
    events: dict[int, GroupsEvent] = {}
    for event, person, mode in rows:
        events.setdefault(event.id, GroupsEvent(event)).people.append((person, mode))
    return sorted(events.values(), key=lambda it: _when(it.event), reverse=True)


def events_convened_by(session: Session, group_id: int) -> list[Event]:
    """Return the events that a group convenes, the last first, in one statement."""
    return sorted(session.scalars(select(Event).where(Event.convener_id == group_id)), key=_when, reverse=True)


def _answers(session: Session, invitees: list[Invitee]) -> dict[int, Answered]:
    """The answers that stand of the invitees and of those in whose place they come, by invitee."""
    asked = {invitee.id for invitee in invitees} | {it.substitute_for_id for it in invitees if it.substitute_for_id}
    last = select(func.max(Response.id)).where(Response.invitee_id.in_(asked)).group_by(Response.invitee_id)
    answers = session.scalars(select(Response).where(Response.id.in_(last)))
    return {it.invitee_id: Answered(it.choice, it.mode, it.substitute_id) for it in answers}


def _when(event: Event) -> tuple:
    # a time that occurs twice may carry its offset; among events the wall clock is enough
    return event.starts_at.replace(tzinfo=None), event.id
