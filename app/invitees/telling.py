"""Whether an invitation tells what is open from earlier events, and what that is."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.follow_ups.models import OPEN
from app.follow_ups.returning import Returning, returning_to
from app.invitees.models import Invitee
from app.people.models import Membership


def told_in_invitation(session: Session, event: Event) -> list[Returning]:
    """Return what the invitation tells: what is open and returns, unless it is passed over or is not to be told; at
    most four queries, none where nothing can be told."""
    if event.shows_follow_ups is False or event.shows_follow_ups is None and event.kind != "meeting":
        return []
    returning = [one for one in returning_to(session, event) if one.follow_up.state in OPEN and not one.passed_over]
    return returning if returning and is_told(session, event) else []


def is_told(session: Session, event: Event) -> bool:
    """Whether the invitation tells it: as the secretary has chosen, else at a meeting to which nobody but people of the
    convener are invited. Substitutes come for those who are."""
    if event.shows_follow_ups is not None:
        return event.shows_follow_ups
    return event.kind == "meeting" and not _has_strangers(session, event)


def _has_strangers(session: Session, event: Event) -> bool:
    place = exists().where(Membership.group_id == event.convener_id, Membership.person_id == Invitee.person_id)
    own = Invitee.event_id == event.id, Invitee.substitute_for_id.is_(None)
    return session.scalar(select(exists().where(*own, ~place))) or False
