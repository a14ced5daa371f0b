"""The data calendar: what will be erased when, over all events; what was; what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.models import TAKES_PLACE, Event
from app.mail.models import MailContent, OutgoingMail
from app.privacy.erasing import all_due
from app.privacy.models import Erasure
from app.privacy.retention import OF_ROW, SOON, begins_before, days_of, due_on
from app.privacy.stores import OF_ROWS
from app.settings import Settings

MOST_ERASED = 50  # acts that the page shows


@dataclass(frozen=True)
class Coming:
    """One rule of one event: on which day how many rows go."""

    event: Event
    rule: str
    due_on: date
    held: int
    overdue: bool


@dataclass(frozen=True)
class GoingOn:
    """A rule that erases day by day: how many rows there are, and when the oldest goes."""

    rule: str
    days: int
    held: int
    next: date | None


@dataclass(frozen=True)
class Calendar:
    """overdue should be gone and is not; months are the others, by their first day."""

    overdue: list[Coming]
    months: list[tuple[date, list[Coming]]]
    going_on: list[GoingOn]
    erased: list[tuple[Erasure, str | None]]


def calendar(session: Session, settings: Settings, today: date) -> Calendar:
    """Return the calendar of the secretariat's events; eight statements, however many events there are."""
    coming = coming_of(session, settings, today)
    months: dict[date, list[Coming]] = {}
    for one in coming:
        if not one.overdue:
            months.setdefault(one.due_on.replace(day=1), []).append(one)
    overdue = [one for one in coming if one.overdue]
    return Calendar(overdue, list(months.items()), going_on(session, settings), erased(session))


def coming_of(session: Session, settings: Settings, today: date, event_id: int | None = None) -> list[Coming]:
    """Return what all events, or one, have to erase, by day; two statements."""
    return [
        Coming(event, due.rule, due.due_on, due.held, due.due_on < today)
        for event, due in all_due(session, settings, event_id)
    ]


def going_on(session: Session, settings: Settings) -> list[GoingOn]:
    found = []
    for rule in OF_ROW:
        held, oldest = _held(session, rule)
        goes = due_on(rule, oldest.date(), settings.keeps) if oldest else None
        found.append(GoingOn(rule, days_of(rule, settings.keeps), held, goes))
    return found


def _held(session: Session, rule: str) -> tuple[int, datetime | None]:
    if rule == "mail_content":
        query = select(func.count(OutgoingMail.id), func.min(OutgoingMail.queued_at)).join(
            MailContent, MailContent.mail_id == OutgoingMail.id
        )
        return tuple(session.execute(query).one())
    rows = [session.execute(store.held()).one() for store in OF_ROWS[rule]]
    return sum(row.held for row in rows), min((row.oldest for row in rows if row.oldest), default=None)


def erased(session: Session) -> list[tuple[Erasure, str | None]]:
    """Return what was erased last, each with its event's title."""
    query = select(Erasure, Event.title).outerjoin(Event, Event.id == Erasure.event_id)
    rows = session.execute(query.order_by(Erasure.erased_at.desc(), Erasure.id.desc()).limit(MOST_ERASED))
    return [tuple(row) for row in rows]


def soon(session: Session, settings: Settings, today: date) -> int:
    """Return how many events have data that are due within SOON days and may still be held back."""
    before = begins_before("event", settings.keeps, today).toordinal() + SOON
    ends = func.coalesce(Event.ends_at, Event.starts_at)
    last = datetime.combine(date.fromordinal(before), datetime.max.time())
    query = select(func.count(Event.id)).where(TAKES_PLACE, Event.erased_at.is_(None), ends <= last)
    free = Event.held_until.is_(None) | (Event.held_until <= date.fromordinal(today.toordinal() + SOON))
    return session.scalar(query.where(free)) or 0
