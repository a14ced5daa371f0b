"""The register of the day: who is on the list, found and filtered and counted by the database itself, a page at a time.

On it are all who are invited, but for substitutes who are no longer needed, and whoever was there besides. A line is
known by its place: the key of the register's order, whether it is of somebody uninvited, and its id.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from app.attendance.finding import EVENT, INVITEES, ON_LIST, UNINVITED, invited, others, patterns
from app.attendance.models import Attendance
from app.invitees.models import Invitee
from app.people.collation import words_of
from app.people.models import Person
from app.secretariats.scope import hides_addresses

PRESENT = ("in_person", "remote")
AWAY = ("absent", "excused")
FILTERS = ("all", "waiting", "present", "away", "others")
LINES = 40
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


class Count(NamedTuple):
    """came: heads present, in person and online; online: of them. invited: seats; others: heads who came uninvited."""

    came: int
    online: int
    invited: int
    others: int


class Tally(NamedTuple):
    """How many lines each filter shows, and the live count of the same lines."""

    all: int
    waiting: int
    present: int
    away: int
    others: int
    count: Count


class Sums(NamedTuple):
    """What is counted of the list: lines, and heads who are present."""

    lines: int
    others: int
    marked: int
    present: int
    away: int
    heads: int
    online: int
    other_heads: int


def places_of(
    session: Session, event_id: int, q: str = "", show: str = "all", after: Place | None = None, most: int = LINES
) -> list[Place]:
    """Return the first places after one, in the order of a register, of those whom a search and a filter show."""
    return places_and_tally(session, event_id, q, show, after, most)[0]


def places_and_tally(
    session: Session, event_id: int, q: str = "", show: str = "all", after: Place | None = None, most: int = LINES
) -> tuple[list[Place], Tally]:
    """Return the places as places_of does, and how many lines each filter shows of those whom the search finds; by one
    statement, which looks through the list once."""
    words = words_of(q)
    query = _found(len(words), show if show in FILTERS else "all", after is not None, hides_addresses(session))
    beyond = {"after": after.order_key, "kind": after.uninvited, "last": after.id} if after else {}
    rows = session.execute(query, {"event_id": event_id, "most": most, **beyond, **patterns(words)}).all()
    [sums] = [Sums(*row[3:]) for row in rows if row.id is None]
    return sorted(Place(*row[:3]) for row in rows if row.id is not None), _tally(sums)


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
def _found(words: int, show: str, beyond: bool, hides: bool) -> CompoundSelect:
    """The places that are shown, and a row of sums without an id."""
    found = union_all(invited(words, hides), others(words, hides)).cte("found")
    place = found.c.order_key, found.c.uninvited, found.c.id
    shown = select(*place, *(cast(null(), Integer).label(name) for name in Sums._fields)).where(_shown(found, show))
    if beyond:
        later = zip(place, (bindparam("after"), bindparam("kind"), bindparam("last")), strict=True)
        shown = shown.where(_later(list(later)))
    shown = shown.order_by(*place).limit(bindparam("most")).subquery()
    no_place = cast(null(), Text), cast(null(), Integer), cast(null(), Integer)
    return union_all(select(shown), select(*no_place, *_sums(found)))


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


def _sums(found: CTE) -> list[ColumnElement]:
    def added(what: ColumnElement[bool], worth: ColumnElement[int] | int = 1) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((what, worth), else_=0)), 0)

    mode, heads, others = found.c.mode, func.coalesce(found.c.headcount, 1), found.c.uninvited == 1
    present = mode.in_(PRESENT)
    return [
        func.count(), added(others), added(mode.is_not(None)), added(present), added(mode.in_(AWAY)),
        added(present, heads), added(mode == "remote", heads), added(and_(present, others), heads),
    ]  # fmt: skip


def _tally(sums: Sums) -> Tally:
    return Tally(
        sums.lines, sums.lines - sums.marked, sums.present, sums.away, sums.others,
        Count(sums.heads, sums.online, sums.lines - sums.others, sums.other_heads),
    )  # fmt: skip


def _shown(found: CTE, show: str) -> ColumnElement[bool]:
    return {
        "waiting": found.c.mode.is_(None),
        "present": found.c.mode.in_(PRESENT),
        "away": found.c.mode.in_(AWAY),
        "others": found.c.uninvited == 1,
    }.get(show, true())


def _later(sides: list[tuple[ColumnElement, ColumnElement]]) -> ColumnElement[bool]:
    """That a place is after another: what SQL calls a comparison of rows, spelt out for the databases' planners."""
    (mine, theirs), *rest = sides
    return or_(mine > theirs, and_(mine == theirs, _later(rest))) if rest else mine > theirs
