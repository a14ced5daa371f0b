"""What the page of the day shows for a search and a filter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.attendance.presence import Line, found_besides, lines_at
from app.attendance.register import FILTERS, LINES, Count, Tally, count_of, place_written, places_and_tally
from app.events.models import Event
from app.language import gettext as _
from app.people.collation import words_of


@dataclass(frozen=True)
class Chip:
    count: int
    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class DayPage:
    """besides: people of the address book who fit the search and are not on the list. more: how many further lines
    there are, next: the address that shows them; earlier: whether this is not the first part of the list."""

    lines: list[Line]
    besides: list[Line]
    chips: list[Chip]
    count: Count
    q: str
    show: str
    more: int
    next: str
    earlier: bool

    @property
    def nobody(self) -> bool:
        """Whether nobody fits what was typed, so that it may be the name of who came uninvited."""
        return bool(self.q) and not self.lines


def day_page(
    session: Session, event: Event, q: str = "", show: str = "all", after: str = "", *, counted: bool = True
) -> DayPage:
    """Return everything the page of the day shows below its search; fourteen statements at most, however long the list
    is. after is the place after which it goes on. counted: whether the live count is shown too."""
    q, show = q.strip()[:200], show if show in FILTERS else "all"
    start = place_written(session, event.id, after) if after else None
    places, tally = places_and_tally(session, event.id, q, show, start, LINES + 1)
    further, places = len(places) > LINES, places[:LINES]
    asked = {"q": q, "show": show}
    short = len(places) < LINES and not start and len("".join(words_of(q))) > 1
    return DayPage(
        lines=lines_at(session, event.id, places),
        besides=found_besides(session, event.id, q) if short else [],
        chips=_chips(tally, q, show),
        count=count_of(session, event.id) if q and counted else tally.count,
        q=q,
        show=show,
        more=getattr(tally, show) - len(places) if further and not start else 0,
        next="?" + urlencode({**_given(asked), "after": places[-1].written}) if further else "",
        earlier=start is not None,
    )


def _given(asked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value and (name, value) != ("show", "all")}


def _chips(tally: Tally, q: str, show: str) -> list[Chip]:
    words = {
        "all": _("on the list"),
        "waiting": _("not marked"),
        "present": _("present"),
        "away": _("absent"),
        "others": _("not invited"),
    }
    asked = {"q": q} if q else {}
    return [
        Chip(getattr(tally, key), words[key], "?" + urlencode(asked | {"show": key}), key == show)
        for key in words
        if getattr(tally, key) or key in ("all", show)
    ]
