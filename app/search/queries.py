"""Finds people, groups, organisations, lists and events by any part of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from app.events.models import TAKES_PLACE, Event
from app.people.collation import distance, folded, sort_key, words_of
from app.people.models import DistributionList, Group, Organisation
from app.people.queries import groups_found
from app.people.register import best_people, people_counted
from app.search.ranking import shared_out

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Kind:
    """What was found of one kind: the best rows, and how many there are in all; over MOST_COUNTED is only `many`."""

    rows: Sequence[Row] = ()
    total: int = 0

    @property
    def many(self) -> bool:
        return self.total > MOST_COUNTED


@dataclass(frozen=True)
class Found:
    """All that the words were found in: events the last first, the others the best match first, then by name."""

    people: Kind = Kind()
    groups: Kind = Kind()
    organisations: Kind = Kind()
    lists: Kind = Kind()
    events: Kind = Kind()

    @property
    def total(self) -> int:
        return sum(kind.total for kind in vars(self).values())

    @property
    def many(self) -> bool:
        return any(kind.many for kind in vars(self).values())

    def fewer(self, places: int) -> Found:
        """The same, shown in so few places; no kind crowds out another."""
        kinds = vars(self)
        shares = shared_out([len(kind.rows) for kind in kinds.values()], places)
        return Found(**{
            name: replace(kind, rows=kind.rows[:share])
            for (name, kind), share in zip(kinds.items(), shares, strict=True)
        })  # fmt: skip


def search(session: Session, query: str, most: int) -> Found:
    """Return what every word of the query stands in, at most so many of a kind; nothing for a query without words."""
    words = words_of(query)
    if not words:
        return Found()
    return Found(
        people=_people(session, query, most),
        groups=_best(words, [(row.found_by, row) for row in groups_found(session, query)], most),
        organisations=_best(words, [(row.found_by, row) for row in _organisations(session, query)], most),
        lists=_best(words, [(text, row) for text, row in _lists(session) if all(word in text for word in words)], most),
        events=_events(session, words, most),
    )


def _people(session: Session, query: str, most: int) -> Kind:
    best = best_people(session, query, most)
    return Kind(best, len(best) if len(best) < most else people_counted(session, query, most=MOST_COUNTED + 1))


def _best(words: Sequence[str], found: Sequence[tuple[str, Row]], most: int) -> Kind:
    """The rows, each of which comes after its folded names, the best match first."""
    ranked = sorted(found, key=lambda one: (distance(words, one[0]), sort_key(one[1].name)))
    return Kind([row for _names, row in ranked[:most]], len(ranked))


def _organisations(session: Session, query: str) -> Sequence[Row]:
    columns = Organisation.id, Organisation.name, Organisation.abbreviation, Organisation.found_by
    return session.execute(select(*columns).where(Organisation.found(query))).all()


def _lists(session: Session) -> list[tuple[str, Row]]:
    """Every list after its folded name: lists are few, and have no column of such words."""
    return [(folded(row.name), row) for row in session.execute(select(DistributionList.id, DistributionList.name))]


def _events(session: Session, words: Sequence[str], most: int) -> Kind:
    """The events in whose title, place, series or convener every word stands, by two statements."""
    convened = select(Group.id)
    found = [TAKES_PLACE] + [
        or_(
            Event.found_by.contains(word, autoescape=True),
            Event.convener_id.in_(convened.where(Group.found_by.contains(word, autoescape=True))),
        )
        for word in words
    ]
    total = session.scalar(select(func.count()).select_from(Event).where(*found)) or 0
    columns = Event.id, Event.title, Event.starts_at, Group.name.label("convener")
    rows = select(*columns).join(Group, Group.id == Event.convener_id).where(*found)
    return Kind(session.execute(rows.order_by(Event.starts_at.desc(), Event.id.desc()).limit(most)).all(), total)
