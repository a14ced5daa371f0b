"""The register of the day: who is on the list, found and filtered and counted by the database itself, a page at a time.

On it are all who are invited, but for substitutes who are no longer needed, and whoever was there besides. A line is
known by its place: the key of the register's order, whether it is of somebody uninvited, and its id.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.attendance.models import Attendance, PresentFor
from app.invitees.models import Invitee, Representation
from app.invitees.queries import withdrawn
from app.people.collation import words_of
from app.people.models import Group, Organisation, Person

PRESENT = ("in_person", "remote")
AWAY = ("absent", "excused")
FILTERS = ("all", "waiting", "present", "away", "others")
LINES = 40
EVENT = bindparam("event_id")
ESCAPED = str.maketrans({one: f"/{one}" for one in "/%_"})
INVITEES = and_(Attendance.event_id == Invitee.event_id, Attendance.person_id == Invitee.person_id)
ON_LIST = or_(~withdrawn(), Attendance.id.is_not(None))
UNINVITED = ~exists().where(Invitee.event_id == Attendance.event_id, Invitee.person_id == Attendance.person_id)
HEADS = func.coalesce(func.sum(func.coalesce(Attendance.headcount, 1)), 0)


class Place(NamedTuple):
    """Where a line stands: id is the invitee's, of somebody uninvited (1) the attendance's."""

    order_key: str
    uninvited: int
    id: int

    @property
    def written(self) -> str:
        """As an address carries it, without a name: `i12`, `a7`."""
        return f"{'ia'[self.uninvited]}{self.id}"


class Tally(NamedTuple):
    """How many lines each filter shows."""

    all: int
    waiting: int
    present: int
    away: int
    others: int


class Count(NamedTuple):
    """came: heads present, in person and online; online: of them. invited: seats; others: heads who came uninvited."""

    came: int
    online: int
    invited: int
    others: int


def places_of(
    session: Session, event_id: int, q: str = "", show: str = "all", after: Place | None = None, most: int = LINES
) -> list[Place]:
    """Return the first places after one, in the order of a register, of those whom a search and a filter show."""
    words = words_of(q)
    query = _places(len(words), show if show in FILTERS else "all", after is not None)
    beyond = {"after": after.order_key, "kind": after.uninvited, "last": after.id} if after else {}
    rows = session.execute(query, {"event_id": event_id, "most": most, **beyond, **_patterns(words)})
    return [Place(*row) for row in rows]


def place_written(session: Session, event_id: int, written: str) -> Place | None:
    """Return the place that an address carries; None for nonsense, and for a line that is gone."""
    kind, number = written[:1], written[1:]
    if kind not in ("i", "a") or not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    if kind == "i":
        key = select(Person.order_key).join(Invitee).where(Invitee.id == int(number), Invitee.event_id == event_id)
    else:
        key = select(Attendance.order_key).where(Attendance.id == int(number), Attendance.event_id == event_id)
    found = session.scalar(key)
    return None if found is None else Place(found, int(kind == "a"), int(number))


def tally_of(session: Session, event_id: int, q: str = "") -> Tally:
    """Return how many lines each filter shows of those whom a search finds, by one statement."""
    words = words_of(q)
    rows = session.execute(_tally(len(words)), {"event_id": event_id, **_patterns(words)})
    counted = {row.uninvited: row for row in rows}
    invited, others = counted[0], counted[1]
    return Tally(
        invited.lines + others.lines, invited.lines - invited.marked, invited.present + others.present,
        invited.away + others.away, others.lines,
    )  # fmt: skip


def count_of(session: Session, event_id: int) -> Count:
    """Return the live count, by one statement."""
    return Count(*session.execute(_count(), {"event_id": event_id}).one())


def listed_people(event_id: int) -> Select:
    """The ids of the address book's people who are on an event's list."""
    invited = select(Invitee.person_id).outerjoin(Attendance, INVITEES).where(Invitee.event_id == event_id, ON_LIST)
    there = select(Attendance.person_id).where(Attendance.event_id == event_id, Attendance.person_id.is_not(None))
    return select(invited.union(there).subquery())


# Putting these questions together costs more than asking them.


@cache
def _places(words: int, show: str, beyond: bool) -> Select:
    parts = [_invited(words, show), _others(words, show)]
    listed = union_all(*(part for part in parts if part is not None)).subquery()
    place = listed.c.order_key, listed.c.uninvited, listed.c.id
    query = select(*place)
    if beyond:
        later = zip(place, (bindparam("after"), bindparam("kind"), bindparam("last")), strict=True)
        query = query.where(_later(list(later)))
    return query.order_by(*place).limit(bindparam("most"))


@cache
def _tally(words: int) -> Select:
    invited = _invited(words).subquery()
    others = _others(words).subquery()
    return union_all(*(select(*_sums(number, part)) for number, part in enumerate((invited, others))))


@cache
def _count() -> Select:
    there = select(HEADS).where(Attendance.event_id == EVENT)
    seats = select(func.count()).select_from(Invitee).outerjoin(Attendance, INVITEES)
    return select(
        there.where(Attendance.mode.in_(PRESENT)).scalar_subquery(),
        there.where(Attendance.mode == "remote").scalar_subquery(),
        seats.where(Invitee.event_id == EVENT, ON_LIST).scalar_subquery(),
        there.where(Attendance.mode.in_(PRESENT), UNINVITED).scalar_subquery(),
    )


def _sums(number: int, part) -> tuple[ColumnElement, ...]:
    marked, present = (
        func.coalesce(func.sum(case((one, 1), else_=0)), 0)
        for one in (part.c.mode.is_not(None), part.c.mode.in_(PRESENT))
    )
    return (
        literal(number).label("uninvited"), func.count().label("lines"), marked.label("marked"),
        present.label("present"), (marked - present).label("away"),
    )  # fmt: skip


def _later(sides: list[tuple[ColumnElement, ColumnElement]]) -> ColumnElement[bool]:
    """That a place is after another: what SQL calls a comparison of rows, spelt out for the databases' planners."""
    (mine, theirs), *rest = sides
    return or_(mine > theirs, and_(mine == theirs, _later(rest))) if rest else mine > theirs


def _invited(words: int, show: str = "all") -> Select | None:
    sender, sent_by = aliased(Invitee), aliased(Person)
    query = (
        select(Person.order_key, literal(0).label("uninvited"), Invitee.id, Attendance.mode)
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
                _has(Person, number), _has(Attendance, number), _has(sent_by, number),
                Person.organisation_id.in_(_bodies(Organisation, number)), Invitee.id.in_(stood_for),
            )
        )  # fmt: skip
    return None if show == "others" else query.where(_shown(show))


def _others(words: int, show: str = "all") -> Select | None:
    deputised = aliased(Person)
    query = (
        select(Attendance.order_key, literal(1).label("uninvited"), Attendance.id, Attendance.mode)
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
                _has(Attendance, number), _has(Person, number), _has(deputised, number),
                Attendance.organisation_id.in_(_bodies(Organisation, number)), Attendance.id.in_(stood_for),
            )
        )  # fmt: skip
    return None if show == "waiting" else query.where(_shown(show))


def _shown(show: str) -> ColumnElement[bool]:
    return {
        "waiting": Attendance.id.is_(None),
        "present": Attendance.mode.in_(PRESENT),
        "away": Attendance.mode.in_(AWAY),
    }.get(show, literal(True))


def _has(model, number: int) -> ColumnElement[bool]:
    return model.found_by.like(bindparam(f"word{number}"), escape="/")


def _bodies(model, number: int) -> Select:
    return select(model.id).where(_has(model, number))


def _of_body(stands, number: int) -> ColumnElement[bool]:
    return or_(stands.group_id.in_(_bodies(Group, number)), stands.organisation_id.in_(_bodies(Organisation, number)))


def _patterns(words: list[str]) -> dict[str, str]:
    return {f"word{number}": f"%{word.translate(ESCAPED)}%" for number, word in enumerate(words)}
