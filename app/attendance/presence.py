"""The day's list as it is shown: those of some places, whether they came, and who comes in whose place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.attendance.models import Attendance, PresentFor
from app.attendance.register import PRESENT, Place, listed_people, places_of
from app.events.models import Event
from app.invitees.models import Invitee, Response
from app.invitees.queries import WITH_ALL
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import spoken
from app.people.models import Person
from app.people.register import best_people
from app.people.words import bodies_joined, body_name, organisation_words

MOST_FOUND = 8
AT_ONCE = 2000  # lines that are loaded together
WITH_BODIES = (
    joinedload(Attendance.organisation),
    selectinload(Attendance.represents).joinedload(PresentFor.group),
    selectinload(Attendance.represents).joinedload(PresentFor.organisation),
)


@dataclass(frozen=True)
class Line:
    """One person on the list. person: None for a walk-in or people counted; attendance: None before any tick.

    represents and organisation are words; standing is None for those who are not invited. in_place_of: whom they come
    instead of; instead: who came in their place without having been named.
    """

    key: str
    name: str
    organisation: str
    represents: str = ""
    person: Person | None = None
    attendance: Attendance | None = None
    standing: Standing | None = None
    in_place_of: str = ""
    instead: str = ""

    @property
    def mode(self) -> str | None:
        return self.attendance.mode if self.attendance else None

    @property
    def present(self) -> bool:
        return self.mode in PRESENT


@dataclass
class Around:
    """What stands around some lines: the attendance of each invited person, the answers, and names by person."""

    attendances: dict[int, Attendance] = field(default_factory=dict)
    answers: dict[int, Answered] = field(default_factory=dict)
    senders: dict[int, str] = field(default_factory=dict)
    instead: dict[int, str] = field(default_factory=dict)


def lines_at(session: Session, event: Event, places: Sequence[Place]) -> list[Line]:
    """Return the lines of some places of the register, in that order, by eight statements at most."""
    invitees = _invitees(session, Invitee.id.in_([place.id for place in places if not place.uninvited]))
    others = _attendances(session, Attendance.id.in_([place.id for place in places if place.uninvited]))
    found = {(0, invitee.id): line for invitee, line in zip(invitees, _invited(session, event, invitees), strict=True)}
    found |= {(1, one.id): line for one, line in zip(others, _uninvited(session, others), strict=True)}
    return [found[key] for place in places if (key := (place.uninvited, place.id)) in found]


def line_of(session: Session, event: Event, person: Person) -> Line:
    """Return one person's line of the list, or one without a tick for somebody who is not on it."""
    invitees = _invitees(session, (Invitee.event_id == event.id) & (Invitee.person_id == person.id))
    if invitees:
        return _invited(session, event, invitees)[0]
    lines = _attendances(session, (Attendance.event_id == event.id) & (Attendance.person_id == person.id))
    return _uninvited(session, lines)[0] if lines else found_line(_people(session, [person.id])[person.id])


def line_with(session: Session, event: Event, attendance: Attendance) -> Line:
    """Return the line of a tick, of somebody who may be in the address book or not."""
    if attendance.person_id is not None:
        return line_of(session, event, session.get_one(Person, attendance.person_id))
    return _uninvited(session, _attendances(session, Attendance.id == attendance.id))[0]


def all_lines(session: Session, event: Event, q: str = "", show: str = "all") -> list[Line]:
    """Return every line that a search and a filter show, for the list as a file."""
    places = places_of(session, event.id, q, show, most=1_000_000)
    parts = (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))
    return [line for part in parts for line in lines_at(session, event, part)]


def found_besides(session: Session, event_id: int, words: str) -> list[Line]:
    """Return people of the address book who fit a search and are not on the list, a few; two statements."""
    best = best_people(session, words, MOST_FOUND, besides=listed_people(event_id))
    people = _people(session, [one.id for one in best])
    return [found_line(people[one.id]) for one in best]


def headings_of(session: Session, event_id: int) -> list[str]:
    """Return the headings that the event's people are listed under, by name."""
    query = select(Attendance.heading).where(Attendance.event_id == event_id, Attendance.heading.is_not(None))
    return sorted(session.scalars(query.distinct()), key=str.casefold)


def found_line(person: Person) -> Line:
    organisation = organisation_words(person.organisation, spoken()) if person.organisation else ""
    return Line(key=f"person-{person.id}", name=person.name, organisation=organisation, person=person)


def _invited(session: Session, event: Event, invitees: Sequence[Invitee]) -> list[Line]:
    around = _around(session, event, invitees)
    return [_invited_line(invitee, around) for invitee in invitees]


def _invited_line(invitee: Invitee, around: Around) -> Line:
    stands = standing(Seat(invitee.id, invitee.substitute_for_id), around.answers)
    return replace(
        found_line(invitee.person),
        represents=_bodies(invitee.represents),
        attendance=around.attendances.get(invitee.person_id),
        standing=stands,
        in_place_of=around.senders.get(invitee.substitute_for_id or 0, ""),
        instead=around.instead.get(invitee.person_id, ""),
    )


def _uninvited(session: Session, lines: Sequence[Attendance]) -> list[Line]:
    people = _people(session, [it.person_id for it in lines if it.person_id])
    deputised = {it.deputy_for_id for it in lines if it.deputy_for_id}
    names = {person_id: one.name for person_id, one in _people(session, deputised).items()}
    return [_uninvited_line(it, people.get(it.person_id), names.get(it.deputy_for_id, "")) for it in lines]


def _uninvited_line(attendance: Attendance, person: Person | None, in_place_of: str) -> Line:
    words = organisation_words(attendance.organisation, spoken()) if attendance.organisation else None
    return Line(
        key=f"person-{person.id}" if person else f"line-{attendance.id}",
        name=f"{attendance.headcount} {attendance.label}" if attendance.headcount is not None else attendance.name,
        organisation=words or attendance.organisation_text or "",
        represents=_bodies(attendance.represents),
        person=person,
        attendance=attendance,
        in_place_of=in_place_of,
    )


def _bodies(stands) -> str:
    bodies = [
        body_name(one.group, spoken()) if one.group else organisation_words(one.organisation, spoken())
        for one in stands
    ]
    return bodies_joined(bodies, spoken())


def _around(session: Session, event: Event, invitees: Sequence[Invitee]) -> Around:
    people = [it.person_id for it in invitees]
    senders = [it.substitute_for_id for it in invitees if it.substitute_for_id]
    there = _attendances(session, (Attendance.event_id == event.id) & Attendance.person_id.in_(people))
    return Around(
        attendances={it.person_id: it for it in there if it.person_id},
        answers=_answers(session, [*(it.id for it in invitees), *senders]),
        senders=_senders(session, senders),
        instead=_instead(session, event.id, people),
    )


def _answers(session: Session, invitee_ids: Iterable[int]) -> dict[int, Answered]:
    last = select(func.max(Response.id)).where(Response.invitee_id.in_(list(invitee_ids))).group_by(Response.invitee_id)
    columns = Response.invitee_id, Response.choice, Response.mode, Response.substitute_id
    rows = session.execute(select(*columns).where(Response.id.in_(last)))
    return {invitee_id: Answered(*answer) for invitee_id, *answer in rows}


def _senders(session: Session, invitee_ids: Sequence[int]) -> dict[int, str]:
    if not invitee_ids:
        return {}
    rows = session.execute(select(Invitee.id, Person).join(Person).where(Invitee.id.in_(invitee_ids)))
    return {invitee_id: person.name for invitee_id, person in rows}


def _instead(session: Session, event_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    came = Attendance.mode.in_(PRESENT)
    query = select(Attendance).where(Attendance.event_id == event_id, Attendance.deputy_for_id.in_(person_ids), came)
    return {it.deputy_for_id: it.name for it in session.scalars(query) if it.deputy_for_id}


def _invitees(session: Session, which) -> Sequence[Invitee]:
    return session.scalars(select(Invitee).options(*WITH_ALL).where(which)).all()


def _attendances(session: Session, which) -> Sequence[Attendance]:
    query = select(Attendance).options(*WITH_BODIES).where(which)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def _people(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    wanted = list(ids)
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_(wanted))
    return {person.id: person for person in session.scalars(query)} if wanted else {}
