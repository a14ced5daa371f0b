"""Reads of follow-ups that many rooms share."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.errors import NotFound
from app.events.models import TAKES_PLACE, Event
from app.follow_ups.models import OPEN, FollowUp

WHOLE = (joinedload(FollowUp.owner), selectinload(FollowUp.steps))


def follow_up_by_id(session: Session, follow_up_id: int) -> FollowUp:
    """Return a follow-up with its owner and its steps; raises NotFound."""
    found = session.scalar(select(FollowUp).options(*WHOLE).where(FollowUp.id == follow_up_id))
    if found is None:
        raise NotFound
    return found


def arose_at(session: Session, event_id: int) -> list[FollowUp]:
    """Return the follow-ups that arose at an event in order, with owners and steps; two queries."""
    query = select(FollowUp).options(*WHOLE).where(FollowUp.event_id == event_id)
    return list(session.scalars(query.order_by(FollowUp.position, FollowUp.id)))


def overdue_count(session: Session, today: date) -> int:
    """Return how many open follow-ups were due before today, over all events."""
    late = FollowUp.state.in_(OPEN), FollowUp.due < today
    query = select(func.count(FollowUp.id)).join(Event, Event.id == FollowUp.event_id).where(TAKES_PLACE, *late)
    return session.scalar(query) or 0
