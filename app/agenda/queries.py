"""Reads of agendas."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem, Speaker
from app.errors import NotFound
from app.people.models import Person

WITH_SPEAKERS = selectinload(AgendaItem.speakers).joinedload(Speaker.person).joinedload(Person.organisation)
WHOLE = (
    select(AgendaItem)
    .options(WITH_SPEAKERS)
    .where(AgendaItem.event_id == bindparam("event_id"))
    .order_by(AgendaItem.position, AgendaItem.id)
    .execution_options(populate_existing=True)
)


def agenda_of(session: Session, event_id: int) -> list[AgendaItem]:
    """Return an event's items in order, with speakers, their people and organisations loaded; two queries."""
    return list(session.scalars(WHOLE, {"event_id": event_id}))


def item_of(session: Session, event_id: int, item_id: int) -> AgendaItem:
    """Return one item of an event, loaded as in agenda_of; raises NotFound."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
    item = session.scalar(query.options(WITH_SPEAKERS))
    if item is None:
        raise NotFound
    return item


def speakers_found(session: Session, typed: Sequence[str], most: int = 12) -> list[str]:
    """Return people of the address book whose name or address holds what is typed, as `Name <address>`; one query."""
    if not typed:
        return []
    name = func.trim(Person.given_name + " " + Person.family_name)
    held = [_holds(column, text) for text in typed for column in (name, Person.email)]
    query = select(Person).where(or_(*held)).order_by(Person.family_name, Person.given_name).limit(most)
    return [f"{person.name} <{person.email}>" if person.email else person.name for person in session.scalars(query)]


def _holds(column, text: str):
    # SQLite's lower() knows only a to z: what is typed as it is written is found on both
    lowered = func.lower(column).contains(text.lower(), autoescape=True)
    return or_(lowered, column.contains(text, autoescape=True))
