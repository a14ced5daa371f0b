"""The rule of the waiting list: who has a seat, who is next, and until when an offer holds. Pure.

A seat is taken by whoever comes in person, and by whoever one is kept for. Nobody overtakes: who has just answered gets
a seat at once only if none of those who wait could have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

SHORTEST = timedelta(hours=4)


class Waiter(NamedTuple):
    """One who waits. since: when they came onto the list, or said again that they want to come after they had let an
    offer go by; let_go_at: when they did that, if they have said nothing since. reachable: whether a mail reaches them.
    """

    id: int
    since: datetime
    let_go_at: datetime | None = None
    reachable: bool = True


class Kept(NamedTuple):
    """A seat that is kept for an invitee until a time."""

    id: int
    until: datetime


class Room(NamedTuple):
    """An event's seats: capacity (None without a limit), who comes in person, for whom a seat is kept, who waits."""

    capacity: int | None
    seated: frozenset[int] = frozenset()
    kept: tuple[Kept, ...] = ()
    waiting: tuple[Waiter, ...] = ()

    @property
    def taken(self) -> int:
        return len(self.seated | {one.id for one in self.kept})

    @property
    def full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity


class Plan(NamedTuple):
    """What is to be done now: whose kept seats are given up, and to whom seats are offered, in order."""

    expired: list[int]
    offered: list[int]


def queue(waiting: Iterable[Waiter]) -> list[Waiter]:
    """Return those who wait in their order: by when they came, after them those who have let an offer go by."""
    return sorted(waiting, key=lambda one: (one.let_go_at is not None, one.let_go_at or one.since, one.id))


def lapsed(room: Room, now: datetime) -> Room:
    """Return the room without the seats that have been kept long enough; who waited lets the offer go by."""
    over = {one.id: one.until for one in room.kept if one.until <= now}
    waiting = tuple(one._replace(let_go_at=over[one.id]) if one.id in over else one for one in room.waiting)
    return room._replace(kept=tuple(one for one in room.kept if one.id not in over), waiting=waiting)


def may_sit(room: Room, invitee: int, now: datetime, instead_of: Iterable[int] = ()) -> bool:
    """Whether one who says now that they come gets a seat: their own, one kept for them or for those in whose stead
    they now come (`instead_of`), or a free one that nobody before them on the list waits for."""
    room = lapsed(room, now)
    theirs = {invitee, *instead_of}
    if room.capacity is None or theirs & (room.seated | {one.id for one in room.kept}):
        return True
    before = []
    for one in _eligible(room):
        if one.id in theirs:
            break
        before.append(one)
    return room.capacity - room.taken > len(before)


def plan(room: Room, now: datetime, *, automatic: bool) -> Plan:
    """Return what time and free seats call for. Where offers are made by hand, or the event has begun, none is planned.

    A seat that one who cannot be reached by mail is next for stays theirs: they are offered it by telephone.
    """
    after = lapsed(room, now)
    expired = [one.id for one in room.kept if one.until <= now]
    if not automatic:
        return Plan(expired, [])
    free = len(after.waiting) if after.capacity is None else max(after.capacity - after.taken, 0)
    return Plan(expired, [one.id for one in _eligible(after)[:free] if one.reachable])


def to_be_called(room: Room, now: datetime) -> list[int]:
    """Return those whom a free seat awaits and whom no mail reaches."""
    after = lapsed(room, now)
    free = len(after.waiting) if after.capacity is None else max(after.capacity - after.taken, 0)
    return [one.id for one in _eligible(after)[:free] if not one.reachable]


def _eligible(room: Room) -> Sequence[Waiter]:
    kept = {one.id for one in room.kept}
    return [one for one in queue(room.waiting) if one.let_go_at is None and one.id not in kept]


def answer_until(now: datetime, hours: int, starts: datetime, deadline: datetime | None) -> datetime:
    """Return until when an offer made now holds. All times are aware.

    It holds for its hours, at the latest until the event begins. One made before the answering deadline ends with it,
    but not before four hours have passed: nobody can answer at once.
    """
    end = now + timedelta(hours=hours)
    if deadline is not None and now < deadline:
        end = min(end, max(deadline, now + SHORTEST))
    return min(end, starts)


def kept_until(now: datetime, starts: datetime, deadline: datetime | None) -> datetime:
    """Return until when the seat of one in whose place somebody comes is kept for them: while one may answer."""
    return min(deadline, starts) if deadline is not None and now < deadline else starts


def waiting_since(answers: Sequence[tuple[str, datetime]], let_go_at: datetime | None) -> tuple[datetime, bool]:
    """Return since when one waits who has answered so (choice and time, the first first), and whether they let go the
    offer that ended at `let_go_at` without having said anything since.

    Who says twice that they want to come, or is asked anew in between, keeps their place.
    """
    since = None
    for choice, at in answers:
        if choice == "waiting":
            overdue = since is not None and let_go_at is not None and since <= let_go_at < at
            since = at if since is None or overdue else since
        elif choice != "asked":
            since = None
    if since is None:
        raise ValueError("does not wait")
    return since, let_go_at is not None and since <= let_go_at
