"""What the database knows of the invitation that an answer from a calendar names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.events.models import Event
from app.inbox.judging import Known, Stands
from app.invitations.models import Invitation
from app.invitees.answering import standing_response
from app.invitees.models import Invitee, Response
from app.invitees.rsvp import too_late
from app.mail.models import OutgoingMail

MOST_IN_UID = 120


@dataclass(frozen=True)
class Place:
    """Whose answer it would be, at which event, the answer that stands, and what the rule has to know."""

    invitee: Invitee
    event: Event
    response: Response | None
    known: Known


def place_of(session: Session, uid: str | None, arrived_at: datetime, *, held: bool = False) -> Place | None:
    """Return the place that the invitation of this UID asks for; None where there is none.

    held: nobody else gives this invitee an answer until the transaction ends.
    """
    if not uid or len(uid) > MOST_IN_UID:
        return None
    if held:
        whose = select(Invitation.invitee_id).where(Invitation.uid == uid)
        # an event with few seats is held first, as by every other way of answering
        few = select(Event.id).join(Invitee, Invitee.event_id == Event.id).where(Invitee.id.in_(whose))
        session.execute(few.where(Event.capacity.is_not(None)).with_for_update(of=Event, key_share=True))
        session.execute(select(Invitee.id).where(Invitee.id.in_(whose)).with_for_update(key_share=True))
    found = session.execute(
        select(Invitee, Event, Invitation)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .join(Event, Event.id == Invitee.event_id)
        .options(joinedload(Invitee.person))
        .where(Invitation.uid == uid)
    ).one_or_none()
    if found is None:
        return None
    invitee, event, invitation = found
    response = standing_response(session, invitee.id)
    refusal = too_late(arrived_at, event.time_zone, event.starts_at, event.rsvp_deadline)
    withdrawn = _withdrawn(session, invitee)
    ended = event.cancelled_at is not None or invitation.cancelled_at is not None and not withdrawn
    known = Known(
        addresses=_addresses(session, invitee), sequence=invitation.sequence, stands=stands_of(response),
        cancelled=ended, withdrawn=withdrawn, late=str(refusal) if refusal else None,
    )  # fmt: skip
    return Place(invitee, event, response, known)


def stands_of(response: Response | None) -> Stands | None:
    if response is None:
        return None
    at, comment = response.responded_at, response.comment or ""
    return Stands(response.choice, response.source, at, comment, response.substitute_id is not None)


def _addresses(session: Session, invitee: Invitee) -> frozenset[str]:
    """The person's own, and those that this event's invitation went to: an earlier address answers for them too."""
    sent = select(OutgoingMail.to_address).where(
        OutgoingMail.event_id == invitee.event_id, OutgoingMail.person_id == invitee.person_id,
        OutgoingMail.kind == "invitation",
    )  # fmt: skip
    return frozenset(one.lower() for one in [invitee.person.email, *session.scalars(sent)] if one)


def _withdrawn(session: Session, invitee: Invitee) -> bool:
    """As `rsvp.is_withdrawn`, of one invitee."""
    if invitee.substitute_for_id is None:
        return False
    sender = standing_response(session, invitee.substitute_for_id)
    return sender is not None and sender.substitute_id != invitee.id
