"""All follow-ups over all events, filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from app.events.models import TAKES_PLACE, Event
from app.follow_ups.models import OPEN, FollowUp
from app.forms import clean_line, key_of
from app.people.collation import sort_key
from app.people.models import Group, Person

SHOWN = ("open", "overdue", "closed", "all")


@dataclass(frozen=True)
class Filter:
    """show: one of SHOWN. group: convened by a group; series: of a series; owner: words of the owner's name."""

    show: str = "open"
    group: int | None = None
    series: str = ""
    owner: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filter but for `show`, as an address carries it."""
        named = {"group": self.group, "series": self.series, "owner": self.owner}
        return {name: str(value) for name, value in named.items() if value}


@dataclass(frozen=True)
class Row:
    """A follow-up with the event at which it arose, and what was said of it last."""

    follow_up: FollowUp
    event: Event
    note: str
    overdue: bool


def read_filter(asked: Mapping[str, str]) -> Filter:
    """Return the filter that an address asks for; nonsense is left out."""
    show = asked.get("show", "")
    return Filter(
        show if show in SHOWN else "open", key_of(asked.get("group", "")), clean_line(asked.get("series", "")),
        clean_line(asked.get("owner", "")),
    )  # fmt: skip


def board_rows(session: Session, filter: Filter, today: date) -> list[Row]:
    """Return the follow-ups that a filter lets through, by the day when they are due; two queries."""
    query = select(FollowUp, Event).options(contains_eager(FollowUp.owner), selectinload(FollowUp.steps))
    query = query.join(Event, Event.id == FollowUp.event_id).outerjoin(Person, Person.id == FollowUp.owner_id)
    query = query.where(TAKES_PLACE, *_conditions(filter, today))
    order = FollowUp.due.is_(None), FollowUp.due, Event.starts_at, FollowUp.position, FollowUp.id
    return [_row(one, event, today) for one, event in session.execute(query.order_by(*order))]


def board_counts(session: Session, filter: Filter, today: date) -> dict[str, int]:
    """Return how many each of SHOWN would show with the rest of the filter; one query."""
    query = select(*(func.count(FollowUp.id).filter(*_state(show, today)) for show in SHOWN))
    query = query.select_from(FollowUp).join(Event, Event.id == FollowUp.event_id)
    query = query.outerjoin(Person, Person.id == FollowUp.owner_id).where(TAKES_PLACE, *_rest(filter))
    return dict(zip(SHOWN, session.execute(query).one(), strict=True))


def groups_with_follow_ups(session: Session) -> list[tuple[int, str]]:
    """Return the conveners of events at which follow-ups arose as (id, name), by name."""
    query = select(Group.id, Group.name).join(Event, Event.convener_id == Group.id)
    query = query.join(FollowUp, FollowUp.event_id == Event.id).where(TAKES_PLACE).distinct()
    return sorted(map(tuple, session.execute(query)), key=lambda row: sort_key(row[1]))


def series_with_follow_ups(session: Session) -> list[str]:
    """Return the series at whose events follow-ups arose, by name."""
    query = select(Event.series).join(FollowUp, FollowUp.event_id == Event.id).where(TAKES_PLACE).distinct()
    return sorted(filter(None, session.scalars(query)), key=sort_key)


def _conditions(filter: Filter, today: date) -> list[ColumnElement[bool]]:
    return _state(filter.show, today) + _rest(filter)


def _state(show: str, today: date) -> list[ColumnElement[bool]]:
    still = FollowUp.state.in_(OPEN)
    return {
        "open": [still],
        "overdue": [still, FollowUp.due < today],
        "closed": [~still],
        "all": [FollowUp.id.is_not(None)],
    }[show]


def _rest(filter: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filter.group:
        found.append(Event.convener_id == filter.group)
    if filter.series:
        found.append(Event.series == filter.series)
    if filter.owner:
        lower = func.lower(FollowUp.owner_name).contains(filter.owner.lower(), autoescape=True)
        named = FollowUp.owner_name.contains(filter.owner, autoescape=True)  # SQLite folds no ä
        found.append(or_(Person.found(filter.owner), lower, named))
    return found


def _row(one: FollowUp, event: Event, today: date) -> Row:
    notes = [step.note for step in one.steps if step.note]
    late = one.due is not None and one.due < today and one.state in OPEN
    return Row(one, event, notes[-1] if notes else "", late)
