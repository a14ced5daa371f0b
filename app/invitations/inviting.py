"""Invites: the invitation, its personal link and its mail come to be in one transaction, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.versions import publish_first, unpublish
from app.errors import Refused
from app.events.models import Event
from app.events.queries import hold, refuse_template
from app.invitations.entries import uid_of
from app.invitations.facts import Facts, facts_of
from app.invitations.freezing import Purpose
from app.invitations.letters import Letter, language_of, own_letter, written_letters, written_problems
from app.invitations.mailings import Calendar, Recipient, mailable, post
from app.invitations.models import Invitation
from app.invitations.writing import substitute_notice
from app.invitees.models import Invitee
from app.invitees.queries import invitee_by_id
from app.language import N_, speaking
from app.language import gettext as _
from app.links.links import link_of, links_of
from app.mail.models import OutgoingMail
from app.mail.outbox import queue, send_again
from app.mail.undeliverable import undeliverable, unflag
from app.rows import add_rows
from app.settings import Settings

STAYS_FOR = timedelta(minutes=1)
ON_ITS_WAY = ("queued", "sending", "uncertain")


def invite(
    session: Session, settings: Settings, event: Event, invitees: Iterable[Invitee], *, at: datetime,
    by: str | None = None,
) -> int:  # fmt: skip
    """Invite those who have not been and have an address; returns how many mails were queued.

    They stay for a minute, in which `app.invitations.taking_back` gets them all. Raises Refused for an event that is
    not public or is cancelled, and for a letter with a word that cannot be filled in.
    """
    return _invite(session, settings, event, list(invitees), at=at, due_at=at + STAYS_FOR, by=by)


def invite_substitute(
    session: Session, settings: Settings, event: Event, invitee: Invitee, *, named: str, at: datetime
) -> None:
    """Invite a substitute at once, and tell the one who sent them that this was done; both once. named: what the
    substitute was called by who named them, whatever the address book calls whom it finds by the address.

    Of an event that is not public nothing is mailed; the secretariat sees who has been named.
    """
    if event.confidentiality != "public":
        return
    substitute = invitee_by_id(session, event.id, invitee.id)
    sender = _sender_of(session, substitute)
    _invite(session, settings, event, [substitute], at=at, due_at=at, instead_of=sender)
    if sender is not None and mailable(sender):
        link = link_of(session, settings, event_id=event.id, person_id=sender.person_id, purpose="invitation")
        message = substitute_notice(settings, event, facts_of(session, settings, event), sender, named, link, at)
        queue(
            session, settings, key=f"substitute/{event.id}/{link.public_id}/{substitute.person_id}", kind="notice",
            event_id=event.id, person=sender.person, message=message, at=at,
        )  # fmt: skip


def ask_anew(session: Session, settings: Settings, event: Event, substitute: Invitee, *, at: datetime) -> None:
    """Ask a substitute once more, at once, who was told that they are not needed: their calendar gets the same entry
    anew, with its next sequence. Of an event that is not public nothing is mailed."""
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == substitute.id))
    if invitation is None or invitation.cancelled_at is None:
        return
    session.refresh(invitation)  # it may have been raised by a statement
    invitation.sequence, invitation.cancelled_at = invitation.sequence + 1, None
    session.flush()
    if event.confidentiality != "public" or not mailable(substitute):
        return
    link = link_of(
        session, settings, event_id=event.id, person_id=substitute.person_id, purpose="invitation", anew=True
    )
    again = (substitute, Calendar(invitation.uid, invitation.sequence), link)
    _post(session, settings, event, [again], at, at, _sender_of(session, substitute))


def invite_again(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> bool:
    """Send an invitee the invitation once more, at once; returns whether a mail was queued.

    A mail that failed goes out as it is, with the link that opens now, if the address is still the same. Otherwise it
    is written anew, as the same entry in the calendar. While one is on its way there is no second, and none to a
    substitute who is not needed.
    """
    refuse_unsendable(session, settings, event)
    unflag(session, invitee.person.email or "")  # whoever presses knows of it, and wants it tried
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == invitee.id))
    if invitation is None:
        return _invite(session, settings, event, [invitee], at=at, due_at=at) == 1
    if invitation.cancelled_at is not None:
        return False  # they were told not to come
    mails = list(session.scalars(select(OutgoingMail).where(_of(invitation)).order_by(OutgoingMail.id)))
    if any(mail.state in ON_ITS_WAY for mail in mails) or not mailable(invitee):
        return False
    failed = [mail for mail in mails if mail.state in ("failed", "bounced")]
    link = link_of(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation", anew=True)
    if failed and failed[-1].to_address == invitee.person.email:
        return send_again(session, settings, failed[-1], at)
    for mail in failed:
        mail.state = "withdrawn"  # dealt with: another one takes its place
    again = (invitee, Calendar(invitation.uid, invitation.sequence), link)
    return _post(session, settings, event, [again], at, at, _sender_of(session, invitee)) == 1


def invited_ids(session: Session, event_id: int) -> set[int]:
    """Return the ids of the invitees who have been asked."""
    query = select(Invitation.invitee_id).join(Invitee, Invitee.id == Invitation.invitee_id)
    return set(session.scalars(query.where(Invitee.event_id == event_id)))


def forget_programme(session: Session, event: Event) -> None:
    """Take the versions of the programme back where nobody is invited any more, so that nobody has been sent it."""
    if not invited_ids(session, event.id):
        unpublish(session, event)


def refuse_unsendable(session: Session, settings: Settings, event: Event) -> None:
    """Raise Refused for an event whose invitations may not or cannot be mailed."""
    refuse_secret(event)
    if event.cancelled_at is not None:
        raise Refused(_("The event is cancelled, so nobody is invited to it."))
    for _language, sentence in written_problems(written_letters(session, event.id)):
        raise Refused(_("The letter cannot be sent: %(problem)s") % {"problem": sentence})


def refuse_secret(event: Event) -> None:
    """Raise Refused for an event of which nothing may be mailed."""
    refuse_template(event)
    if event.confidentiality != "public":
        raise Refused(_("The event is not public, so nothing of it is sent by e-mail. Invite by letter or telephone."))


def _invite(
    session: Session, settings: Settings, event: Event, invitees: Sequence[Invitee], *, at: datetime, due_at: datetime,
    instead_of: Invitee | None = None, by: str | None = None,
) -> int:  # fmt: skip
    hold(session, event.id)
    refuse_unsendable(session, settings, event)
    asked = invited_ids(session, event.id)
    asking = {one.id: one for one in invitees if one.id not in asked and mailable(one)}
    flagged = undeliverable(session, [one.person.email or "" for one in asking.values()])
    asking = {key: one for key, one in asking.items() if (one.person.email or "").lower() not in flagged}
    if not asking:
        return 0
    people = [one.person_id for one in asking.values()]
    links = links_of(session, settings, event_id=event.id, person_ids=people, purpose="invitation", anew=True)
    ended = ended_sequences(session, event.id)
    rows = [
        {
            "invitee_id": one.id, "uid": uid_of(settings, links[one.person_id]), "sent_at": at,
            "sequence": ended.get(one.person_id, -1) + 1,
        }
        for one in asking.values()
    ]  # fmt: skip
    # another secretary may press the same button just now: only who was not asked before is asked here
    ids = add_rows(session, Invitation.__table__, rows, Invitation.__table__.c.invitee_id, unless=[])
    calendars = {row["invitee_id"]: Calendar(row["uid"], row["sequence"]) for row in rows}
    new = {invitee_id: calendars[invitee_id] for invitee_id in ids}
    invited = [(one, new[one.id], links[one.person_id]) for one in asking.values() if one.id in new]
    if invited:
        publish_first(session, event, at=at, by=by)
    return _post(session, settings, event, invited, at, due_at, instead_of, by)


def _post(session, settings, event, invited, at, due_at, instead_of: Invitee | None, by: str | None = None) -> int:
    facts, written = facts_of(session, settings, event), written_letters(session, event.id)
    earlier = mails_before(session, event.id, "invitation")
    recipients = [
        Recipient(
            invitee, invitation, link, language_of(event, invitee, written), str(earlier.get(invitee.person_id, 0)),
            instead_of=instead_of.person.name if instead_of else "",
        )
        for invitee, invitation, link in invited
    ]  # fmt: skip
    letters = letters_in(event, facts, written, {one.language for one in recipients})
    purpose = Purpose("invitation", letters, N_("Answer the invitation"))
    _mailing, queued = post(session, settings, event, purpose, facts, recipients, at=at, due_at=due_at, by=by)
    return len(queued)


def letters_in(
    event: Event, facts: Facts, written: Mapping[str, Letter], languages: Iterable[str]
) -> dict[str, Letter]:
    """Return the invitation's letter in each language: as it was written, or else as it writes itself."""
    found = {}
    for language in languages:
        with speaking(language):
            found[language] = written.get(language) or own_letter(event, facts)
    return found


def mails_before(session: Session, event_id: int, kind: str) -> dict[int, int]:
    """Return how many mails of a kind people have been sent about an event, those taken back included, by person."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.kind == kind, OutgoingMail.person_id.is_not(None)
    count = select(OutgoingMail.person_id, func.count(OutgoingMail.id)).where(*mine).group_by(OutgoingMail.person_id)
    return {person_id: number for person_id, number in session.execute(count)}


def ended_sequences(session: Session, event_id: int) -> dict[int, int]:
    """Return the sequence with which people's calendar entries were cancelled, by person: one who is invited again goes
    on from there, or calendars would take the new invitation for an old one."""
    ended = select(OutgoingMail.person_id, OutgoingMail.inputs).where(
        OutgoingMail.event_id == event_id, OutgoingMail.kind == "cancellation", OutgoingMail.state != "withdrawn"
    )
    rows = session.execute(ended.order_by(OutgoingMail.id))
    return {person_id: inputs["sequence"] for person_id, inputs in rows if person_id is not None}


def _sender_of(session: Session, invitee: Invitee) -> Invitee | None:
    return invitee_by_id(session, invitee.event_id, invitee.substitute_for_id) if invitee.substitute_for_id else None


def _of(invitation: Invitation):
    return OutgoingMail.key.startswith(f"invitation/{invitation.uid}/", autoescape=True)
