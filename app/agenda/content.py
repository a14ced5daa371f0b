"""A programme as a version keeps it: its rows as JSON holds them, and read back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """One item as it was told: starts and ends are aware, on the event's own clock; ends is None where none is printed.

    speakers: who speaks, a line each, by language, since their organisations are called otherwise in each.
    """

    id: int
    kind: str
    title: str
    number: str | None
    starts: datetime
    ends: datetime | None
    speakers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    description: str | None = None


def written(rows: Sequence[Row]) -> dict[str, Any]:
    """Return rows as JSON has them; times with their offsets."""
    return {"rows": [asdict(row) | {name: _text(getattr(row, name)) for name in ("starts", "ends")} for row in rows]}


def read_rows(content: Mapping[str, Any]) -> list[Row]:
    """Return the rows of what `written` has made; what a later Koolle has written besides is passed over."""
    known = Row.__dataclass_fields__
    return [
        Row(
            **{key: value for key, value in one.items() if key in known}
            | {name: _time(one[name]) for name in ("starts", "ends")}
        )
        for one in content["rows"]
    ]


def _text(time: datetime | None) -> str | None:
    return time.isoformat(timespec="minutes") if time else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
