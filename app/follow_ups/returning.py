"""What returns to an event from earlier ones until it is closed, and its place on the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.agenda.editing import add_item, remove_item
from app.agenda.models import AgendaItem
from app.agenda.queries import item_of
from app.events.models import TAKES_PLACE, Event
from app.events.queries import hold
from app.follow_ups.models import OPEN, FollowUp, FollowUpStep
from app.follow_ups.queries import WHOLE
from app.forms import clean_line

MOST_IN_TITLE = 500


@dataclass(frozen=True)
class Returning:
    """A follow-up that returns to an event. arose: at which event; step: what was said of it at this one; note: what
    was said of it last before; item: the point of this agenda that deals with it."""

    follow_up: FollowUp
    arose: Event
    step: FollowUpStep | None = None
    note: str = ""
    item: AgendaItem | None = None

    @property
    def passed_over(self) -> bool:
        return self.step is not None and self.step.passed_over


def said_values(row: Returning) -> dict[str, str]:
    """Return what was said of a follow-up at an event as its form shows it."""
    if row.step is None:
        return {"state": "", "note": ""}
    return {"state": row.follow_up.state, "note": row.step.note or ""}


def returning_to(session: Session, event: Event) -> list[Returning]:
    """Return what returns to an event, in the order in which it arose; at most three queries, one where nothing does.

    That is what arose at an earlier event of the same series (of the same convener, where the event has no series), or
    is to be dealt with here, and is open or was dealt with here. What waits for a later event is not among it.
    """
    if event.template is not None:
        return []
    query = select(FollowUp, Event).options(*WHOLE).join(Event, Event.id == FollowUp.event_id)
    query = query.where(TAKES_PLACE, FollowUp.event_id != event.id, _returns(event), _open_or_closed_at(event))
    rows = session.execute(query.order_by(Event.starts_at, Event.id, FollowUp.position, FollowUp.id)).all()
    items = _items(session, event, [one.id for one, _arose in rows])
    return [_as_it_stands(one, arose, event, items) for one, arose in rows]


def open_at(session: Session, event: Event) -> int:
    """Return how many open follow-ups return to an event; one query."""
    if event.template is not None:
        return 0
    query = select(func.count(FollowUp.id)).join(Event, Event.id == FollowUp.event_id)
    query = query.where(TAKES_PLACE, FollowUp.event_id != event.id, _returns(event), FollowUp.state.in_(OPEN))
    return session.scalar(query) or 0


def _returns(event: Event) -> ColumnElement[bool]:
    other = aliased(Event)
    earlier = Event.starts_at < event.starts_at
    kin = Event.series == event.series if event.series else Event.convener_id == event.convener_id
    waits_elsewhere = (
        select(other.id)
        .where(other.id == FollowUp.returns_to_id, other.id != event.id, other.starts_at > event.starts_at)
        .exists()
    )
    return or_(FollowUp.returns_to_id == event.id, and_(earlier, kin, ~waits_elsewhere))


def _open_or_closed_at(event: Event) -> ColumnElement[bool]:
    here = select(FollowUpStep.id).where(FollowUpStep.follow_up_id == FollowUp.id, FollowUpStep.event_id == event.id)
    return or_(FollowUp.state.in_(OPEN), here.exists())


def _items(session: Session, event: Event, follow_ups: Iterable[int]) -> dict[int, AgendaItem]:
    ids = list(follow_ups)
    if not ids:
        return {}
    query = select(AgendaItem).where(AgendaItem.event_id == event.id, AgendaItem.follow_up_id.in_(ids))
    return {item.follow_up_id: item for item in session.scalars(query.order_by(AgendaItem.id.desc()))}


def _as_it_stands(one: FollowUp, arose: Event, event: Event, items: Mapping[int, AgendaItem]) -> Returning:
    here = next((step for step in reversed(one.steps) if step.event_id == event.id), None)
    before = [step.note for step in one.steps if step.note and step is not here]
    return Returning(one, arose, here, before[-1] if before else "", items.get(one.id))


def coming_for(session: Session, one: FollowUp, most: int = 20) -> list[Event]:
    """Return the events at which a follow-up may be dealt with: later ones of the same series, or of the same convener
    where the event at which it arose has no series."""
    arose = session.get_one(Event, one.event_id)
    kin = Event.series == arose.series if arose.series else Event.convener_id == arose.convener_id
    query = select(Event).where(TAKES_PLACE, kin, Event.starts_at > arose.starts_at, Event.cancelled_at.is_(None))
    return list(session.scalars(query.order_by(Event.starts_at, Event.id).limit(most)))


def put_on_agenda(session: Session, event: Event, one: FollowUp) -> AgendaItem:
    """Return the item of an event's agenda that deals with a follow-up, made at the end if there is none."""
    hold(session, event.id)
    there = _items(session, event, [one.id]).get(one.id)
    if there is not None:
        return there
    values = {"title": clean_line(one.text, MOST_IN_TITLE), "kind": "item", "follow_up_id": one.id}
    return add_item(session, event, values, [])


def take_off_agenda(session: Session, event: Event, one: FollowUp) -> None:
    """Remove the item that deals with a follow-up; without one nothing happens."""
    there = _items(session, event, [one.id]).get(one.id)
    if there is not None:
        remove_item(session, item_of(session, event.id, there.id))
