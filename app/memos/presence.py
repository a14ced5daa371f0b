"""Reads presence from the database into what the memo's list of participants is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.attendance.day_seats import seats_now, seats_then
from app.attendance.day_words import bodies_then, organisation_then
from app.attendance.models import Attendance, DaySeat, PresentFor
from app.attendance.presence import PRESENT
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.language import speaking
from app.memos.listing import listed, shape_of
from app.memos.models import Memo
from app.memos.participants import Convener, Member, Participant, Participants
from app.people.models import Group, Person
from app.people.words import body_name, genitive, organisation_words

LAST = 1_000_000


def participants_of(
    session: Session, event: Event, memo: Memo | None, language: str, shape: str | None = None
) -> Participants:
    """Return the list of participants as the memo prints it; shape overrides the memo's own choice."""
    with speaking(language):
        people = presence_of(session, event, language)
        chosen = shape_of(shape or chosen_shape(memo), _groups_stood_for(session, event))
        members = members_of(session, event, language) if chosen == "members_and_deputies" else ()
        day = event.starts_at.date()
        show = memo.show if memo else ()
        return listed(chosen, people, convener_of(event.convener, language), show, members, lambda at: at.date() == day)


def chosen_shape(memo: Memo | None) -> str | None:
    """The shape that was chosen for a memo's list, also where it is an attachment; None: as the invitees suggest."""
    if memo is None:
        return None
    return memo.listed_as if memo.participants == "attachment" else memo.participants


def heads_present(session: Session, event: Event) -> int:
    """Return how many were there, those who are counted and not named included."""
    heads = func.sum(func.coalesce(Attendance.headcount, 1))
    return session.scalar(select(heads).where(Attendance.event_id == event.id, Attendance.mode.in_(PRESENT))) or 0


def convener_of(group: Group, language: str) -> Convener:
    return Convener(
        name=body_name(group, language),
        genitive=genitive(group.name, group.genitive),
        secretariat=group.secretariat_name,
        secretariat_elative=group.secretariat_elative,
    )


def presence_of(session: Session, event: Event, language: str) -> list[Participant]:
    """Return everybody whose presence is on record, seated as invited; names and organisations are those of the day."""
    places = _places(session, event)
    roles = _convener_roles(seats_of(session, event))
    rows = session.scalars(
        select(Attendance)
        .options(
            joinedload(Attendance.organisation),
            selectinload(Attendance.represents).options(
                joinedload(PresentFor.group), joinedload(PresentFor.organisation)
            ),
        )
        .where(Attendance.event_id == event.id)
        .order_by(Attendance.position, Attendance.id)
    ).all()
    deputised = _names(session, [row.deputy_for_id for row in rows if row.deputy_for_id])
    return [_participant(row, places, roles, deputised, language) for row in rows]


def _participant(row: Attendance, places, roles, deputised, language: str) -> Participant:
    place = places.get(row.person_id)
    stands_for = row.represents or (place.represents if place else [])
    role = row.role or (place.role if place else None)
    if role is None and not stands_for:
        role = roles.get(row.person_id)
    chairs = {person_id for person_id, theirs in roles.items() if theirs == "chair"}
    return Participant(
        name=row.label or "" if row.headcount is not None else row.name,
        seat=(*_seat(place, places), row.position),
        mode=row.mode,
        role=role,
        bodies=tuple(bodies_then(row, stands_for, language)),
        organisation=organisation_then(row, language),
        institution=organisation_then(row, language, "name"),
        title=row.title,
        unit=row.unit,
        deputy_for=deputised.get(row.deputy_for_id),
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        items=(row.first_item, row.last_item) if (row.first_item, row.last_item) != (None, None) else None,
        heading=row.heading,
        count=row.headcount,
        person_id=row.person_id,
        sent_by=_sent_by(place, places),
        presides=role == "chair" and bool(chairs) and row.person_id not in chairs,
    )


def body_words(one: Representation | PresentFor, language: str) -> str:
    """The group's or organisation's name as it stands before the name of who represents it."""
    return body_name(one.group, language) if one.group else organisation_words(one.organisation, language)


def _places(session: Session, event: Event) -> dict[int | None, Invitee]:
    """The invitees of the event by person, with what they represent."""
    query = (
        select(Invitee)
        .options(
            selectinload(Invitee.represents).options(
                joinedload(Representation.group), joinedload(Representation.organisation)
            )
        )
        .where(Invitee.event_id == event.id)
    )
    return {invitee.person_id: invitee for invitee in session.scalars(query)}


def _groups_stood_for(session: Session, event: Event) -> bool:
    """Whether anybody invited or present stands for a group."""
    invited = select(Representation.id).join(Invitee, Invitee.id == Representation.invitee_id)
    present = select(PresentFor.id).join(Attendance, Attendance.id == PresentFor.attendance_id)
    return session.scalar(
        select(
            invited.where(Invitee.event_id == event.id, Representation.group_id.is_not(None)).exists()
            | present.where(Attendance.event_id == event.id, PresentFor.group_id.is_not(None)).exists()
        )
    )


def _seat(place: Invitee | None, places) -> tuple[int, int]:
    """Where one stands in the order: a substitute at the seat of who sent them, walk-ins after all invited."""
    if place is None:
        return (LAST, 0)
    by_id = {invitee.id: invitee for invitee in places.values()}
    sender, steps = place, 0
    while sender.substitute_for_id in by_id and steps < len(by_id):
        sender, steps = by_id[sender.substitute_for_id], steps + 1
    return (sender.position, steps)


def _sent_by(place: Invitee | None, places) -> tuple[int, ...]:
    """The people in whose place one comes, up the line."""
    by_id = {invitee.id: invitee for invitee in places.values()}
    people: list[int] = []
    while place is not None and place.substitute_for_id in by_id and len(people) < len(by_id):
        place = by_id[place.substitute_for_id]
        people.append(place.person_id)
    return tuple(people)


def _convener_roles(seats: Sequence[DaySeat]) -> dict[int, str]:
    """The roles that people have in the convening body, for those whose role at the event is not told."""
    return {seat.person_id: seat.role for seat in seats}


def seats_of(session: Session, event: Event) -> Sequence[DaySeat]:
    """Return the seats of the convening body as they were on the day, in order; as they are where none were kept."""
    return seats_then(session, event.id) or seats_now(session, event)


def members_of(session: Session, event: Event, language: str) -> list[Member]:
    """Return the seats of the convening body: chair, vice chair and members in order, each with the deputies of their
    own, as they were on the day. Deputies of nobody in particular have rows without a member, last.
    """
    rows = seats_of(session, event)
    deputies: dict[int | None, list[Participant]] = defaultdict(list)
    for row in rows:
        if row.role == "deputy":
            deputies[row.deputy_for_id].append(_on_the_seat(row, language))
    order = ("chair", "vice_chair", "member")
    seats = sorted((row for row in rows if row.role in order), key=lambda row: order.index(row.role))
    members = [Member(_on_the_seat(row, language), tuple(deputies.pop(row.person_id, ()))) for row in seats]
    return members + [Member(None, (deputy,)) for left in deputies.values() for deputy in left]


def _on_the_seat(row: DaySeat, language: str) -> Participant:
    """A member of whose presence nothing is on record, which is to be absent."""
    return Participant(
        name=row.name,
        seat=(),
        mode="absent",
        role=row.role,
        organisation=row.names["short"][language] if row.names else None,
        title=row.title,
        unit=row.unit,
        person_id=row.person_id,
    )


def _names(session: Session, ids: Sequence[int]) -> dict[int | None, str]:
    if not ids:
        return {}
    return {person.id: person.name for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
