"""Where an invitee's personal link stands, as the secretary reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.dates import in_zone
from app.events.models import Event
from app.invitees.models import Invitee
from app.links.links import address_of
from app.links.models import PersonalLink
from app.settings import Settings


@dataclass(frozen=True)
class LinkState:
    """url: what the invitee was sent. revoked_at and not_theirs_at are on the event's own clock."""

    url: str
    revoked_at: datetime | None
    not_theirs_at: datetime | None


def link_state(session: Session, settings: Settings, event: Event, invitee: Invitee) -> LinkState | None:
    """Return an invitee's personal link, None where there is none yet. Writes nothing."""
    link = session.scalar(
        select(PersonalLink).where(
            PersonalLink.event_id == event.id, PersonalLink.person_id == invitee.person_id,
            PersonalLink.purpose == "invitation", ~PersonalLink.former,
        )
    )  # fmt: skip
    if link is None:
        return None
    revoked, told = (at and in_zone(at, event.time_zone) for at in (link.revoked_at, link.not_theirs_at))
    return LinkState(address_of(settings, link), revoked, told)


def told_not_theirs(session: Session, event: Event) -> list[tuple[int, str]]:
    """Return whose link somebody has opened and said to be another's, the latest first: the invitee's id and name."""
    told = PersonalLink.not_theirs_at.is_not(None), PersonalLink.revoked_at.is_(None)
    link = (PersonalLink.person_id == Invitee.person_id) & (PersonalLink.event_id == Invitee.event_id)
    query = select(Invitee).join(PersonalLink, link).where(Invitee.event_id == event.id, *told)
    found = session.scalars(query.options(joinedload(Invitee.person)).order_by(PersonalLink.not_theirs_at.desc()))
    return list({one.id: (one.id, one.person.name) for one in found}.values())
