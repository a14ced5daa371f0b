"""What the page of the day shows for a search and a filter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.attendance.presence import (
    FILTERS,
    Count,
    Line,
    count_of,
    found_besides,
    headings_of,
    lines_of,
    organisation_names,
    searched,
)
from app.events.models import Event
from app.language import gettext as _


@dataclass(frozen=True)
class Chip:
    count: int
    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class DayPage:
    """besides: people of the address book who fit the search and are not on the list. expected: how many have said
    that they come and are not marked."""

    lines: list[Line]
    besides: list[Line]
    count: Count
    chips: list[Chip]
    q: str
    show: str
    expected: int
    headings: list[str]
    organisations: list[str]


def day_page(session: Session, event: Event, q: str = "", show: str = "all") -> DayPage:
    """Return everything the page of the day shows; at most nine queries."""
    q, show = q.strip()[:200], show if show in FILTERS else "all"
    everybody = lines_of(session, event)
    lines = searched(everybody, q) if q else everybody
    return DayPage(
        lines=[line for line in lines if line.belongs(show)],
        besides=found_besides(session, q, everybody) if len(q) > 1 else [],
        count=count_of(everybody),
        chips=_chips(lines, q, show),
        q=q,
        show=show,
        expected=sum(line.attendance is None and line.standing in ("coming", "online") for line in everybody),
        headings=headings_of(session, event.id),
        organisations=organisation_names(session),
    )


def _chips(lines: list[Line], q: str, show: str) -> list[Chip]:
    words = {
        "all": _("on the list"),
        "waiting": _("not marked"),
        "present": _("present"),
        "away": _("absent"),
        "others": _("not invited"),
    }
    counts = {key: sum(line.belongs(key) for line in lines) for key in words}
    asked = {"q": q} if q else {}
    return [
        Chip(counts[key], words[key], "?" + urlencode(asked | {"show": key}), key == show)
        for key in words
        if counts[key] or key in ("all", show)
    ]
