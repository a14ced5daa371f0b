"""People whom nothing refers to any more: noted, after a time proposed for deletion; never deleted by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from app.people.models import Person
from app.people.traces import referring_columns


def _needed() -> ColumnElement[bool]:
    return or_(*(exists().where(column == Person.id) for column in referring_columns(Person.__table__)))


def mark_unneeded(session: Session, today: date) -> None:
    """Note of everybody since when nothing has referred to them; of whom something refers to again, no more."""
    for where, since in (
        ((Person.unneeded_since.is_(None), ~_needed()), today),
        ((Person.unneeded_since.is_not(None), _needed()), None),
    ):
        change = update(Person).where(*where).values(unneeded_since=since)
        session.execute(change, execution_options={"synchronize_session": False})


def unneeded(session: Session, keeps: Mapping[str, int], today: date) -> list[Person]:
    """Return those whom nothing has needed for the days of the rule `book`, the longest first."""
    due = Person.unneeded_since <= today - timedelta(days=keeps["book"])
    return list(
        session.scalars(select(Person).where(due, ~_needed()).order_by(Person.unneeded_since, Person.order_key))
    )
