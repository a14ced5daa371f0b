"""The whole list in parts, for a device that is to find people without network."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.attendance.presence import Line, lines_at
from app.attendance.register import place_written, places_of
from app.events.models import Event

PART = 500


def part_of_list(session: Session, event: Event, after: str = "") -> dict[str, Any]:
    """Return some lines of the list in order, and after which place it goes on; None at its end.

    A line is what can be shown and found by: its key, the person's id or None, name, organisation, whom they represent,
    in whose place they come, and the mode as it is now.
    """
    start = place_written(session, event.id, after) if after else None
    places = places_of(session, event.id, after=start, most=PART + 1)
    further, places = len(places) > PART, places[:PART]
    lines = [_line(line) for line in lines_at(session, event.id, places)]
    return {"lines": lines, "after": places[-1].written if further else None}


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key, "person": line.person_id, "name": line.name,
        "organisation": line.organisation, "represents": line.represents, "in_place_of": line.in_place_of,
        "mode": line.mode,
    }  # fmt: skip
