"""The seats of the convening body as they were on the day: kept at the first mark, compared with the group as it is,
and taken anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from app.attendance.day_words import words_of
from app.attendance.models import DaySeat
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.language import spoken
from app.people.models import Membership, Person
from app.people.roles import role_words


@dataclass(frozen=True)
class Changed:
    """A person whose seats on the day and in the group now differ; each in words, None where there is none."""

    name: str
    then: str | None
    now: str | None


def keep_seats(session: Session, event: Event) -> None:
    """Keep the seats of the convening body as they are now, in place of any that were kept; three statements."""
    session.execute(delete(DaySeat).where(DaySeat.event_id == event.id))
    session.add_all(seats_now(session, event))
    session.flush()


def take_anew(session: Session, event: Event) -> None:
    """Take the convening body's seats from the group as it is now, where the day has any."""
    hold(session, event.id)
    keep_seats(session, event)


def seats_then(session: Session, event_id: int) -> list[DaySeat]:
    """Return the seats as they were kept, in order; empty where no mark has been made or the body had no seats."""
    query = select(DaySeat).where(DaySeat.event_id == event_id)
    return list(session.scalars(query.order_by(DaySeat.position, DaySeat.id)))


def seats_now(session: Session, event: Event) -> list[DaySeat]:
    """Return the seats as the group has them now, stored nowhere; one statement. Leaders have no seat."""
    query = (
        select(Membership)
        .options(joinedload(Membership.person).joinedload(Person.organisation))
        .where(Membership.group_id == event.convener_id, Membership.role != "leader")
        .order_by(Membership.position, Membership.id)
    )
    return [_seat(event.id, place, row) for place, row in enumerate(session.scalars(query))]


def changed_seats(session: Session, event: Event) -> list[Changed]:
    """Return who sits otherwise in the group now than on the day, by name; empty where nothing was kept."""
    then = seats_then(session, event.id)
    return compared(then, seats_now(session, event)) if then else []


def changed_roles(session: Session, event: Event) -> bool:
    """Whether anybody has another role in the group now than on the day; False where nothing was kept."""
    then = seats_then(session, event.id)
    roles = [{(seat.person_id, seat.role) for seat in seats} for seats in (then, seats_now(session, event))]
    return bool(then) and roles[0] != roles[1]


def compared(then: Sequence[DaySeat], now: Sequence[DaySeat]) -> list[Changed]:
    """Return the people whose seats differ, in the order of the day, those who are new last."""
    names = {seat.person_id: seat.name for seat in (*now, *then)}
    words = [_by_person(seats, names) for seats in (then, now)]
    people = dict.fromkeys(seat.person_id for seat in (*then, *now))
    pairs = ((names[one], words[0].get(one), words[1].get(one)) for one in people)
    return [Changed(*pair) for pair in pairs if pair[1] != pair[2]]


def _by_person(seats: Sequence[DaySeat], names: dict[int, str]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for seat in seats:
        found.setdefault(seat.person_id, []).append(_in_words(seat, names))
    return {person_id: "; ".join(sorted(lines)) for person_id, lines in found.items()}


def _in_words(seat: DaySeat, names: dict[int, str]) -> str:
    role = role_words(seat.role)
    if seat.deputy_for_id in names:
        role = _("deputy of %(name)s") % {"name": names[seat.deputy_for_id]}
    organisation = seat.names["short"][spoken()] if seat.names else None
    return ", ".join(filter(None, (seat.name, role, seat.title, seat.unit, organisation)))


def _seat(event_id: int, position: int, row: Membership) -> DaySeat:
    person = row.person
    return DaySeat(
        event_id=event_id, position=position, person_id=person.id, role=row.role, deputy_for_id=row.deputy_for_id,
        given_name=person.given_name, family_name=person.family_name, title=person.title, unit=person.unit,
        names=words_of(person.organisation) if person.organisation else {},
    )  # fmt: skip
