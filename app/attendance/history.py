"""What somebody has been called to: the events of a person or of a group, what was answered, and who was there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.attendance.models import Attendance, PresentFor
from app.attendance.presence import PRESENT
from app.events.models import TAKES_PLACE, Event
from app.invitees.models import Invitee, Representation, Response
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.people.models import Group, Organisation, Person
from app.people.terms import Coming


@dataclass
class PersonsEvent:
    """One event of a person; standing is None where they were not invited, presence None where it was not taken."""

    event: Event
    represents: list[Group | Organisation] = field(default_factory=list)
    standing: Standing | None = None
    presence: str | None = None


@dataclass
class GroupsEvent:
    """One event of a group: who was invited to it on its behalf, each with the presence or None, and who walked in.

    walk_ins are the names of those who were there for the group without an invitation on its behalf.
    """

    event: Event
    people: list[tuple[Person, str | None]] = field(default_factory=list)
    walk_ins: list[str] = field(default_factory=list)

    @property
    def took_part(self) -> bool | None:
        """Whether anybody was there for the group; None where presence has not been taken of anybody."""
        if self.walk_ins or any(presence in PRESENT for _person, presence in self.people):
            return True
        return False if any(presence for _person, presence in self.people) else None


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
        .where(Invitee.person_id == person_id, TAKES_PLACE)
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
    """Return the events that people were invited to or were at on behalf of a group, the last first, in two statements.

    Whoever was invited for the group is shown with the presence as it was taken, for whomever they came.
    """
    rows = session.execute(
        select(Event, Person, Attendance.mode)
        .select_from(Representation)
        .join(Invitee, Invitee.id == Representation.invitee_id)
        .join(Event, Event.id == Invitee.event_id)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Attendance, (Attendance.event_id == Event.id) & (Attendance.person_id == Person.id))
        .where(Representation.group_id == group_id, TAKES_PLACE)
        .order_by(Invitee.position)
    )
    events: dict[int, GroupsEvent] = {}
    for event, person, mode in rows:
        events.setdefault(event.id, GroupsEvent(event)).people.append((person, mode))
    present = (
        select(Event, Attendance)
        .select_from(PresentFor)
        .join(Attendance, Attendance.id == PresentFor.attendance_id)
        .join(Event, Event.id == Attendance.event_id)
        .where(PresentFor.group_id == group_id, Attendance.mode.in_(PRESENT))
        .order_by(Attendance.position)
    )
    for event, line in session.execute(present):
        known = events.setdefault(event.id, GroupsEvent(event))
        if line.person_id is None or line.person_id not in {person.id for person, _presence in known.people}:
            known.walk_ins.append(line.name or line.label or "")
    return sorted(events.values(), key=lambda it: _when(it.event), reverse=True)


def coming_events(session: Session, today: date) -> dict[int, list[Coming]]:
    """Return the events after today that concern each group, by its id, in the order of their days, in one statement.

    They are those that it convenes, those that somebody is invited to on its behalf, and those of a series of which it
    has convened an event.
    """
    coming = TAKES_PLACE, Event.starts_at >= datetime.combine(today + timedelta(days=1), time())
    earlier = aliased(Event)
    of_group = union(
        select(Event.convener_id.label("group_id"), Event.id.label("event_id")).where(*coming),
        select(Representation.group_id, Event.id)
        .join(Invitee, Invitee.id == Representation.invitee_id)
        .join(Event, Event.id == Invitee.event_id)
        .where(*coming, Representation.group_id.is_not(None)),
        select(earlier.convener_id, Event.id)
        .join(Event, Event.series == earlier.series)
        .where(*coming, earlier.template.is_(None)),
    ).subquery()
    rows = session.execute(
        select(of_group.c.group_id, Event.id, Event.title, Event.starts_at).join(Event, Event.id == of_group.c.event_id)
    )
    found: dict[int, list[Coming]] = {}
    for group_id, event_id, title, starts_at in rows:
        found.setdefault(group_id, []).append(Coming(event_id, title, starts_at.date()))
    return {group_id: sorted(events, key=lambda it: (it.day, it.event_id)) for group_id, events in found.items()}


def events_convened_by(session: Session, group_id: int) -> list[Event]:
    """Return the events that a group convenes, the last first, in one statement."""
    convened = select(Event).where(Event.convener_id == group_id, TAKES_PLACE)
    return sorted(session.scalars(convened), key=_when, reverse=True)


def _answers(session: Session, invitees: list[Invitee]) -> dict[int, Answered]:
    """The answers that stand of the invitees and of those in whose place they come, by invitee."""
    asked = {invitee.id for invitee in invitees} | {it.substitute_for_id for it in invitees if it.substitute_for_id}
    last = select(func.max(Response.id)).where(Response.invitee_id.in_(asked)).group_by(Response.invitee_id)
    answers = session.scalars(select(Response).where(Response.id.in_(last)))
    return {it.invitee_id: Answered(it.choice, it.mode, it.substitute_id) for it in answers}


def _when(event: Event) -> tuple:
    # a time that occurs twice may carry its offset; among events the wall clock is enough
    return event.starts_at.replace(tzinfo=None), event.id
