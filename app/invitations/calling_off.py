"""Calls an event off, or one invitation: who was invited is told, and the entry goes from their calendar.

iTIP CANCEL (RFC 5546 section 3.2.5): the same UID, the next sequence. What had not left yet does not leave any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import Event
from app.events.queries import hold
from app.invitations.facts import Facts, facts_of
from app.invitations.freezing import Purpose
from app.invitations.inviting import STAYS_FOR, mails_before, refuse_secret
from app.invitations.letters import Letter
from app.invitations.mailings import Recipient, mailable, post
from app.invitations.models import Invitation
from app.invitations.own_letters import cancellation_letter, not_needed_letter, withdrawal_letter
from app.invitations.taking_back import take_back
from app.invitations.updating import calendars_of, raise_sequence
from app.invitees.models import Invitee
from app.invitees.queries import invitee_by_id, invitees_of
from app.language import gettext as _
from app.language import speaking
from app.links.links import links_of
from app.mail.models import OutgoingMail
from app.mail.outbox import supersede
from app.settings import Settings

HAS_IT = ("sent", "sending", "uncertain")


def invited(session: Session, event: Event) -> list[Invitee]:
    """Return the invitees who have been mailed an invitation that has left, or may have: who would be told."""
    has = select(OutgoingMail.person_id).where(
        OutgoingMail.event_id == event.id, OutgoingMail.kind.in_(("invitation", "update")),
        OutgoingMail.state.in_(HAS_IT),
    )  # fmt: skip
    told = set(session.scalars(has))
    asked = select(Invitation.invitee_id).where(Invitation.cancelled_at.is_(None))
    invitations = set(session.scalars(asked.join(Invitee).where(Invitee.event_id == event.id)))
    return [one for one in invitees_of(session, event.id) if one.person_id in told and one.id in invitations]


def call_off(session: Session, settings: Settings, event: Event, *, at: datetime, by: str | None = None) -> int:
    """Cancel an event: nothing more of it leaves but this; returns how many are told, by mails that stay for a minute.

    Of an event that is not public nobody is told by mail. Raises Refused for one that is cancelled already.
    """
    hold(session, event.id)
    if event.cancelled_at is not None:
        raise Refused(_("The event is cancelled already."))
    told = [one for one in invited(session, event) if mailable(one)] if event.confidentiality == "public" else []
    there = select(Invitee.person_id).where(Invitee.event_id == event.id)
    take_back(session, event, there, at_once=True)
    event.cancelled_at = at
    # who was taken off the list before is told of that, not of this: their mail may still be on its way
    supersede(session, event.id, keeping="cancellation")
    supersede(session, event.id, there)
    return _cancel(session, settings, event, told, cancellation_letter, at=at, due_at=at + STAYS_FOR, by=by)


def revive(session: Session, event: Event) -> None:
    """Let a cancelled event take place after all; those who know that it was cancelled are told by an update."""
    hold(session, event.id)
    cancelled_at = event.cancelled_at
    take_back(session, event)  # who has not been told yet needs to be told nothing
    event.cancelled_at = None
    mine = select(Invitee.id).where(Invitee.event_id == event.id)
    again = update(Invitation).where(Invitation.invitee_id.in_(mine), Invitation.cancelled_at == cancelled_at)
    session.execute(again.values(cancelled_at=None).execution_options(synchronize_session=False))


def withdraw_invitation(
    session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime, by: str | None = None
) -> bool:
    """Tell one invitee that they are not expected any more, by a mail that stays for a minute; returns whether one was
    queued. Raises Refused for an event of which nothing may be mailed, NotFound for one who is no invitee any more."""
    hold(session, event.id)
    refuse_secret(event)
    invitee = invitee_by_id(session, event.id, invitee.id)  # unless another secretary has just removed them
    told = [one for one in invited(session, event) if one.id == invitee.id and mailable(one)]
    supersede(session, event.id, [invitee.person_id])
    return _cancel(session, settings, event, told, withdrawal_letter, at=at, due_at=at + STAYS_FOR, by=by) == 1


def let_go(
    session: Session, settings: Settings, event: Event, substitute: Invitee, sender: Invitee, *, at: datetime
) -> None:
    """Tell a substitute at once that the one who sent them does not need them any more. One whose invitation has not
    left gets neither; of an event that is not public nothing is mailed."""
    has_it = [one for one in invited(session, event) if one.id == substitute.id and mailable(one)]
    supersede(session, event.id, [substitute.person_id])
    if has_it and event.confidentiality == "public":
        name = sender.person.name
        _cancel(session, settings, event, has_it, not_needed_letter, at=at, due_at=at, instead_of=name)
        return
    cancelled = update(Invitation).where(Invitation.invitee_id == substitute.id).values(cancelled_at=at)
    session.execute(cancelled.execution_options(synchronize_session=False))


def _cancel(
    session: Session, settings: Settings, event: Event, told: Sequence[Invitee], letter: Callable[[Event, Facts],
    Letter], *, at: datetime, due_at: datetime, by: str | None = None, instead_of: str = "",
) -> int:  # fmt: skip
    if not told:
        return 0
    ids = [one.id for one in told]
    facts = facts_of(session, settings, event)
    raise_sequence(session, ids)
    cancelled = update(Invitation).where(Invitation.invitee_id.in_(ids)).values(cancelled_at=at)
    session.execute(cancelled.execution_options(synchronize_session=False))
    calendars, earlier = calendars_of(session, event), mails_before(session, event.id, "cancellation")
    links = links_of(
        session, settings, event_id=event.id, person_ids=[one.person_id for one in told], purpose="invitation"
    )
    recipients = [
        Recipient(
            one, calendars[one.id], links[one.person_id], one.person.language or event.language,
            str(earlier.get(one.person_id, 0)), instead_of=instead_of,
        )
        for one in invitees_of(session, event.id) if one.id in set(ids)
    ]  # fmt: skip
    letters = {}
    for language in {one.language for one in recipients}:
        with speaking(language):
            letters[language] = letter(event, facts)
    purpose = Purpose("cancellation", letters, told={"cancelled": True})
    _mailing, queued = post(session, settings, event, purpose, facts, recipients, at=at, due_at=due_at, by=by)
    return len(queued)
