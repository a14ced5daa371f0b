"""From which item of the agenda to which somebody was there, as an event file says it. Pure."""

from __future__ import annotations

from typing import Any

from app.eventfiles.kinds import BAD, Reader, Whole


class Span:
    """[first, last] of whole numbers from 1, or [one] that is both; null is an open end."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, list) or len(value) not in (1, 2) or value in ([None], [None, None]):
            return reader.problem(place, "must be [first, last], with null for an open end")
        ends = [
            None if end is None else Whole().read(end, f"{place}[{index}]", reader) for index, end in enumerate(value)
        ]
        return BAD if BAD in ends else ends
