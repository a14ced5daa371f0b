"""What has changed since an event was told of, and whether those who answered are to be asked anew. Pure.

RFC 5546 section 2.1.4: a new time (and, as we see it, a new place) is another matter to answer to, and raises the
sequence of the calendar entry; other changes do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

SIGNIFICANT = frozenset({"cancelled", "when", "place", "online"})
ORDER = ("cancelled", "when", "place", "online", "title", "deadline", "background", "programme")


class Told(Protocol):
    """An event, as far as invitations tell of it."""

    title: str
    starts_at: datetime
    ends_at: datetime | None
    time_zone: str
    place: str | None
    online_url: str | None
    rsvp_deadline: str | None
    background: str | None


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: what it is (one of ORDER), as it was and as it is, as `told_of` has them."""

    what: str
    was: Any
    now: Any


def told_of(event: Told, programme: Sequence[str] = ()) -> dict[str, Any]:
    """Return what an invitation tells of an event, as JSON has it; times are local, as they are stored.

    programme: its items with their times, a line each. cancelled is there only where the event was called off.
    """
    return {
        "cancelled": None,
        "title": event.title,
        "when": [
            event.starts_at.isoformat(timespec="minutes"),
            event.ends_at.isoformat(timespec="minutes") if event.ends_at else None,
            event.time_zone,
        ],
        "place": event.place,
        "online": event.online_url,
        "deadline": event.rsvp_deadline,
        "background": event.background,
        "programme": list(programme) or None,
    }


def changes_since(told: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what is otherwise than it was told, the most weighty first."""
    return tuple(
        Change(what, told.get(what), now[what]) for what in ORDER if (told.get(what) or None) != (now[what] or None)
    )


def asks_anew(changes: tuple[Change, ...]) -> bool:
    """Whether those who have answered are to answer again: when or where they are to come has changed."""
    return any(change.what in SIGNIFICANT for change in changes)
