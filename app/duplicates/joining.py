"""What two rows become where only one may stand. Pure: rows in, the values of the one that stays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from app.invitees.rsvp import Answered, Seat, is_withdrawn, sends_in_a_circle

PRESENCE = ("in_person", "remote", "excused", "absent")
PRESENT = PRESENCE[:2]
FIELDS = ("distribution", "for_information")

Thing = TypeVar("Thing")


class Presence(Protocol):
    mode: str
    arrived_at: datetime | None
    left_at: datetime | None
    first_item: int | None
    last_item: int | None


Present = TypeVar("Present", bound=Presence)


def stronger(order: Sequence[str], *words: str | None) -> str | None:
    """Return the word that comes first in an order; None where there is none."""
    return min((word for word in words if word), key=order.index, default=None)


def in_time(answers: Iterable[Thing], when: str = "responded_at") -> list[Thing]:
    """Return the answers of both as one history: by the time of answering, then by id."""
    return sorted(answers, key=lambda one: (getattr(one, when), one.id))


def whose_place(
    kept: Seat, gone: Seat, places: Mapping[int, int | None], answers: Mapping[int, Answered]
) -> int | None:
    """Return for whom the joined invitee is a substitute: for nobody, where one of the two was invited themselves.

    Of two senders the one who still sends them, unless the two would then send each other. places: whose place each
    invitee of the event holds; answers: those that stand.
    """
    if kept.substitute_for_id is None or gone.substitute_for_id is None:
        return None
    joined = {who: kept.id if holds == gone.id else holds for who, holds in places.items()} | {kept.id: None}
    for seat in (kept, gone):
        sender = seat.substitute_for_id
        here = sender in (kept.id, gone.id)
        if not here and not is_withdrawn(seat, answers) and not sends_in_a_circle(sender, kept.id, joined):
            return sender
    return None


def presence_wins(kept: Present, gone: Present) -> Present:
    """Return the line that stands of two: who came wins over who did not, a reason given over none."""
    return min((kept, gone), key=lambda line: PRESENCE.index(line.mode))


def joined_times(kept: Presence, gone: Presence) -> dict[str, Any]:
    """Return when somebody was there whom both lines say to have been there: from the first to the last of them.

    None is the beginning or the end, so it wins. Where one line says that they did not come, the other's times stand.
    """
    wins = presence_wins(kept, gone)
    lines = [line for line in (kept, gone) if line.mode in PRESENT] or [wins]
    return {
        "arrived_at": _earliest([line.arrived_at for line in lines]),
        "left_at": _latest([line.left_at for line in lines]),
        "first_item": _earliest([line.first_item for line in lines]),
        "last_item": _latest([line.last_item for line in lines]),
    }


def _earliest(values: list) -> Any:
    return None if None in values else min(values, key=_on_the_clock)


def _latest(values: list) -> Any:
    return None if None in values else max(values, key=_on_the_clock)


def _on_the_clock(value: Any) -> Any:
    # an hour that occurs twice may carry its offset
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def joined_answers(
    stands: Mapping[int, Any], other: Mapping[int, Any], shown_if: Mapping[int, int | None]
) -> tuple[set[int], set[int]]:
    """Return of which questions the other sheet's answers are taken over, and of which they are lost; both by question.

    What the standing sheet leaves open is taken over, but not what was asked only because of an answer that does not
    stand. shown_if: by question, the one on whose answer its being asked depends.
    """
    lost = {question for question, value in other.items() if question in stands and stands[question] != value}
    lost |= {question for question in other if _hangs_on(question, lost, shown_if)}
    return {question for question in other if question not in stands} - lost, lost


def _hangs_on(question: int, lost: set[int], shown_if: Mapping[int, int | None]) -> bool:
    seen: set[int] = set()
    on = shown_if.get(question)
    while on is not None and on not in seen:
        if on in lost:
            return True
        seen.add(on)
        on = shown_if.get(on)
    return False
