"""Tells those who were invited what has changed since, in one mail, when the secretariat says so.

What somebody was told last stands in the mailing of the last mail that has not failed; what is otherwise now is the
proposal. Nothing is sent by a change itself, and a change that was taken back before it was told is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.agenda.versions import publish
from app.db import chunks
from app.events.models import Event
from app.events.queries import hold
from app.invitations.changes import Change, asks_anew, changes_since, told_of
from app.invitations.facts import facts_of, programme_lines
from app.invitations.freezing import Purpose
from app.invitations.inviting import STAYS_FOR, mails_before, refuse_secret
from app.invitations.mailings import Calendar, Recipient, mailable, post
from app.invitations.models import Invitation
from app.invitations.own_letters import update_letter
from app.invitees.answering import ask_again
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import N_, speaking
from app.links.links import links_of
from app.mail.models import Mailing, OutgoingMail
from app.settings import Settings

TOLD_BY = ("invitation", "update", "cancellation")
NOT_TOLD = ("withdrawn", "failed", "bounced")
BUTTONS = {True: N_("Answer anew"), False: N_("Open the invitation")}
GONE = (Standing.WITHDRAWN, Standing.SUBSTITUTE)


@dataclass(frozen=True)
class Proposal:
    """What some invitees were told otherwise than it is now, and who they are; those who cannot be mailed are in
    by_hand.

    answered: the answer of each that stands, by the invitee's id.
    """

    changes: tuple[Change, ...]
    invitees: Sequence[Invitee]
    by_hand: Sequence[Invitee]
    answered: dict[int, str]

    @property
    def asks_anew(self) -> bool:
        return asks_anew(self.changes)


def proposals(session: Session, event: Event) -> list[Proposal]:
    """Return what is to be told, one for all to whom the same is new, the most people first; eight queries at most.

    Those whose place is no more are told nothing; those who declined are only where they are asked anew.
    """
    told = _told(session, event.id)
    if event.cancelled_at is not None or not told:
        return []
    now = told_of(event, programme_lines(session, event))
    changed = {mailing_id: changes_since(known, now) for mailing_id, known in _mailings(session, set(told.values()))}
    if not any(changed.values()):
        return []
    mine = Invitation.invitee_id.in_(_ids(event)), Invitation.cancelled_at.is_(None)
    asked = set(session.scalars(select(Invitation.invitee_id).where(*mine)))
    responses = current_responses(session, event.id)
    given = {key: Answered(one.choice, one.mode, one.substitute_id) for key, one in responses.items()}
    groups: dict[str, list[Invitee]] = defaultdict(list)
    of_group: dict[str, tuple[Change, ...]] = {}
    for one in invitees_of(session, event.id):
        changes = changed.get(told.get(one.person_id, 0), ())
        stands = standing(Seat(one.id, one.substitute_for_id), given)
        if one.id in asked and changes and stands not in GONE:
            if asks_anew(changes) or stands != Standing.DECLINED:
                of_group[repr(changes)] = changes
                groups[repr(changes)].append(one)
    found = [
        Proposal(
            of_group[alike],
            [one for one in group if mailable(one)],
            [one for one in group if not mailable(one)],
            {one.id: responses[one.id].choice for one in group if one.id in responses},
        )
        for alike, group in groups.items()
    ]
    return sorted(found, key=lambda one: -len(one.invitees))


def untold(session: Session, event: Event) -> int:
    """Return how many invitees do not know how it is now."""
    return sum(len(one.invitees) + len(one.by_hand) for one in proposals(session, event))


def send_update(
    session: Session, settings: Settings, event: Event, *, at: datetime, by: str | None = None
) -> int:  # fmt: skip
    """Tell everybody what they do not know yet; returns how many mails were queued, which stay for a minute.

    A programme that is told to have changed is published as a version. Where the time or place has changed, the
    calendar entry gets the next sequence and earlier answers stand no more (RFC 5546 section 2.1.4). Raises Refused for
    an event of which nothing may be mailed.
    """
    hold(session, event.id)
    refuse_secret(event)
    queued, proposed = 0, proposals(session, event)
    if any(change.what == "programme" for proposal in proposed for change in proposal.changes):
        publish(session, event, at=at, by=by)
    for proposal in proposed:
        if proposal.asks_anew:
            raise_sequence(session, [one.id for one in proposal.invitees])
            ask_again(session, [one.id for one in proposal.invitees], at=at)
        queued += _post(session, settings, event, proposal, at, by)
    return queued


def raise_sequence(session: Session, invitee_ids: Sequence[int], by: int = 1) -> None:
    """Give the calendar entries of invitees the next sequence, or with -1 the one before."""
    for ids in chunks(invitee_ids):
        mine = update(Invitation).where(Invitation.invitee_id.in_(ids))
        raised = mine.values(sequence=Invitation.sequence + by).execution_options(synchronize_session=False)
        session.execute(raised)


def _post(session, settings, event: Event, proposal: Proposal, at: datetime, by: str | None) -> int:
    facts = facts_of(session, settings, event)
    people = [one.person_id for one in proposal.invitees]
    links = links_of(session, settings, event_id=event.id, person_ids=people, purpose="invitation")
    calendars = calendars_of(session, event)
    earlier = mails_before(session, event.id, "update")
    recipients = [
        Recipient(
            one, calendars[one.id], links[one.person_id], one.person.language or event.language,
            str(earlier.get(one.person_id, 0)),
            answered=None if proposal.asks_anew else proposal.answered.get(one.id),
        )
        for one in invitees_of(session, event.id)
        if one.id in {invitee.id for invitee in proposal.invitees}
    ]  # fmt: skip
    letters = {}
    for language in {one.language for one in recipients}:
        with speaking(language):
            letters[language] = update_letter(event, facts, asks_anew=proposal.asks_anew)
    purpose = Purpose("update", letters, BUTTONS[proposal.asks_anew], proposal.changes)
    _mailing, queued = post(session, settings, event, purpose, facts, recipients, at=at, due_at=at + STAYS_FOR, by=by)
    return len(queued)


def calendars_of(session: Session, event: Event) -> dict[int, Calendar]:
    """Return the calendar identities of an event's invitations, by invitee."""
    mine = select(Invitation.invitee_id, Invitation.uid, Invitation.sequence)
    rows = session.execute(mine.where(Invitation.invitee_id.in_(_ids(event))))
    return {invitee_id: Calendar(uid, sequence) for invitee_id, uid, sequence in rows}


def _ids(event: Event):
    return select(Invitee.id).where(Invitee.event_id == event.id)


def _told(session: Session, event_id: int) -> dict[int, int]:
    """By which mailing people were told last, by person."""
    mine = (
        OutgoingMail.event_id == event_id, OutgoingMail.kind.in_(TOLD_BY), OutgoingMail.state.not_in(NOT_TOLD),
        OutgoingMail.person_id.is_not(None),
    )  # fmt: skip
    last = select(func.max(OutgoingMail.id)).where(*mine).group_by(OutgoingMail.person_id)
    rows = session.execute(select(OutgoingMail.person_id, OutgoingMail.mailing_id).where(OutgoingMail.id.in_(last)))
    return {person_id: mailing_id for person_id, mailing_id in rows if mailing_id is not None}


def _mailings(session: Session, ids: set[int]) -> list[tuple[int, dict]]:
    rows = session.execute(select(Mailing.id, Mailing.frozen).where(Mailing.id.in_(ids)))
    return [(mailing_id, frozen["event"]) for mailing_id, frozen in rows]
