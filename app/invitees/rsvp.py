"""The rule of answering: what can be answered, until when, and who holds a seat. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from app.dates import instant_of

MOST_SUBSTITUTES = 5


class Standing(StrEnum):
    """Where an invitee stands: the answer that holds, in one word."""

    COMING = "coming"
    ONLINE = "online"
    WAITING = "waiting"  # would come, and is on the waiting list
    TENTATIVE = "tentative"
    DECLINED = "declined"
    SUBSTITUTE = "substitute"  # somebody else comes in their place
    SILENT = "silent"
    WITHDRAWN = "withdrawn"  # was to come in somebody's place, who has answered otherwise since


class Refusal(StrEnum):
    """Why an answer cannot be given any more."""

    BEGUN = "begun"
    DEADLINE = "deadline"
    CANCELLED = "cancelled"


class Seat(NamedTuple):
    """One invitee for the rule: whose place they hold, if anybody's."""

    id: int
    substitute_for_id: int | None = None


class Answered(NamedTuple):
    """The answer that stands, for the rule. Who was `asked` anew keeps the mode and the substitute of before."""

    choice: str
    mode: str | None = None
    substitute_id: int | None = None


def end_of_answering(deadline: str | None) -> datetime | None:
    """Return the local time when answering ends: a bare date is the end of that day, its last minute included."""
    if not deadline:
        return None
    if len(deadline) == len("2026-09-01"):
        return datetime.combine(date.fromisoformat(deadline), time(23, 59, 59))
    return datetime.fromisoformat(deadline)


def may_answer(now: datetime, starts: datetime, deadline: datetime | None) -> Refusal | None:
    """Return why it is too late to answer, None while it is not. All three on one clock: all local, or all in UTC."""
    if deadline is not None and now > deadline:
        return Refusal.DEADLINE
    return Refusal.BEGUN if now >= starts else None


def too_late(at: datetime, zone: str, starts: datetime, deadline: str | None) -> Refusal | None:
    """As `may_answer`, of an instant and an event's own times as they are stored, local to its zone."""
    ends = end_of_answering(deadline)
    return may_answer(at.astimezone(UTC), instant_of(starts, zone), instant_of(ends, zone) if ends else None)


def standing(seat: Seat, answers: Mapping[int, Answered]) -> Standing:
    """Return where one invitee stands, given the answers that stand by invitee."""
    if is_withdrawn(seat, answers):
        return Standing.WITHDRAWN
    answer = answers.get(seat.id)
    if answer is None or answer.choice == "asked":
        return Standing.SILENT
    if answer.choice == "waiting":
        return Standing.WAITING
    if answer.choice == "accepted":
        return Standing.ONLINE if answer.mode == "remote" else Standing.COMING
    if answer.choice == "tentative":
        return Standing.TENTATIVE
    return Standing.SUBSTITUTE if answer.substitute_id is not None else Standing.DECLINED


def is_withdrawn(seat: Seat, answers: Mapping[int, Answered]) -> bool:
    """Whether a substitute's place is gone: the one who sent them has answered, and names them no more.

    An imported file may know a substitute and no answer; then the place stands. A sender who is asked anew still names
    them, until they answer otherwise.
    """
    if seat.substitute_for_id is None:
        return False
    sender = answers.get(seat.substitute_for_id)
    return sender is not None and sender.substitute_id != seat.id


def sends_in_a_circle(sender: int, substitute: int, places: Mapping[int, int | None]) -> bool:
    """Whether the substitute sent the sender, directly or through others; places: whose place each invitee holds."""
    seen: set[int] = set()
    at: int | None = sender
    while at is not None and at not in seen:
        if at == substitute:
            return True
        seen.add(at)
        at = places.get(at)
    return False
