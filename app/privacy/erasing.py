"""Erases what is due: each rule of each event, and each rule of rows, in a transaction of its own.

What is broken off goes on at the next turn, for what is due is asked of the rows themselves. Each act leaves how many
rows it erased, in `erasures` and in the trail, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import AccountSession
from app.audit.trail import note
from app.db import Database
from app.events.models import TAKES_PLACE, Event
from app.events.queries import hold
from app.mail.models import MailContent
from app.privacy.models import Erasure
from app.privacy.orphans import erase_orphans
from app.privacy.retention import OF_EVENT, OF_ROW, begins_before, due_on
from app.privacy.stores import OF_ROWS, STORES, all_counts, contents_due, erase_contents
from app.privacy.unneeded import mark_unneeded
from app.settings import Settings

MOST_ROWS = 5_000  # in one transaction of a rule of rows


@dataclass(frozen=True)
class Due:
    """A rule that is due for an event, or (event_id None) for rows by their own time; held is how many rows it has."""

    rule: str
    due_on: date
    held: int
    event_id: int | None = None


def ends_on(event: Event) -> date:
    return (event.ends_at or event.starts_at).date()


def held_of_events(session: Session, event_id: int | None = None) -> dict[tuple[int, str], int]:
    """Return how many rows each event, or one, has under each rule; one statement, nothing of those that have none."""
    found: dict[tuple[int, str], int] = {}
    for rule, whose, held in session.execute(all_counts(event_id)):
        found[whose, rule] = found.get((whose, rule), 0) + held
    return found


def all_due(session: Session, settings: Settings, event_id: int | None = None) -> list[tuple[Event, Due]]:
    """Return every rule of every event, or of one, that has something to erase, whenever that is, with the event; the
    earliest first; two statements."""
    events = select(Event).where(TAKES_PLACE)
    events = events.where(Event.id == event_id) if event_id is not None else events
    known = {event.id: event for event in session.scalars(events)}
    due = []
    for (whose, rule), held in held_of_events(session, event_id).items():
        if event := known.get(whose):
            on = due_on(rule, ends_on(event), settings.keeps, event.held_until)
            due.append((event, Due(rule, on, held, whose)))
    return sorted(due, key=lambda one: (one[1].due_on, one[1].event_id, OF_EVENT.index(one[1].rule)))


def due_of_events(session: Session, settings: Settings, today: date) -> list[Due]:
    """Return what is due of events today, the longest overdue first."""
    return [due for _event, due in all_due(session, settings) if due.due_on <= today]


def due_of_rows(session: Session, settings: Settings, today: date) -> list[Due]:
    """Return what is due today by its own time."""
    due = []
    for rule in OF_ROW:
        before = begins_before(rule, settings.keeps, today)
        if rule == "mail_content":
            count = select(func.count(MailContent.mail_id)).where(MailContent.mail_id.in_(contents_due(before)))
            held = session.scalar(count)
        else:
            held = sum(
                session.scalar(select(func.count(store.key)).where(store.due(before))) for store in OF_ROWS[rule]
            )
        if held:
            due.append(Due(rule, today, held))
    return due


def erase_of_event(session: Session, settings: Settings, event: Event, rules: tuple[str, ...], at: datetime) -> int:
    """Erase what an event has under these rules; returns how many rows went. With the last of them it is erased."""
    hold(session, event.id)
    total = 0
    for rule in rules:
        erased = sum(session.execute(store.erase(event.id)).rowcount for store in STORES[rule])
        if erased:
            session.add(
                Erasure(event_id=event.id, secretariat_id=event.secretariat_id, rule=rule, erased_at=at, erased=erased)
            )
        total += erased
    if "event" in rules:
        event.erased_at = at
    session.flush()
    return total


def erase_of_rows(session: Session, settings: Settings, rule: str, today: date, at: datetime) -> int:
    """Erase what a rule of rows has that is due, at most MOST_ROWS of each kind; returns how many went."""
    before = begins_before(rule, settings.keeps, today)
    if rule == "mail_content":
        erased = session.execute(erase_contents(before)).rowcount
    else:
        erased = 0
        for store in OF_ROWS[rule]:
            some = select(store.key).where(store.due(before)).limit(MOST_ROWS)
            erased += session.execute(delete(store.key.class_).where(store.key.in_(some))).rowcount
    if erased:
        session.add(Erasure(rule=rule, erased_at=at, erased=erased))
    return erased


def erase_due(database: Database, settings: Settings, at: datetime, *, by: str = "erase") -> Iterator[Due]:
    """Erase everything that is due, and yield each act once it is committed; by is who the trail says it was."""
    today = at.date()
    with database.session(readonly=True) as session:
        due = due_of_events(session, settings, today)
    for one in due:
        with database.session() as session:
            event = session.get(Event, one.event_id)
            erased = erase_of_event(session, settings, event, (one.rule,), at) if event else 0
            _note(session, settings, at, by, one.rule, erased, one.event_id)
        yield Due(one.rule, one.due_on, erased, one.event_id)
    for rule in OF_ROW:
        while True:
            with database.session() as session:
                erased = erase_of_rows(session, settings, rule, today, at)
                if erased:
                    _note(session, settings, at, by, rule, erased, None)
            if not erased:
                break
            yield Due(rule, today, erased)
    with database.session() as session:
        session.execute(delete(AccountSession).where(AccountSession.expires_at <= at))
        mark_unneeded(session, today)
        if files := erase_orphans(session):
            _note(session, settings, at, by, "files", files, None)
    if files:
        yield Due("files", today, files)


def _note(session: Session, settings: Settings, at: datetime, by: str, rule: str, erased: int, event_id: int | None):
    about = {"rule": rule, "erased": erased} | ({"event_id": event_id} if event_id else {})
    note(session, settings.secret, at=at, actor="command", actor_id=by, act="erase", about=about, address=None)
