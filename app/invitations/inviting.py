"""Invites: the invitation, its personal link and its mail come to be in one transaction, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import Event
from app.events.queries import hold
from app.forms import sound_address
from app.invitations.facts import facts_of
from app.invitations.letters import written_letters, written_problems
from app.invitations.models import Invitation
from app.invitations.writing import Writer
from app.invitees.models import Invitee
from app.invitees.queries import invitee_by_id
from app.language import gettext as _
from app.links.links import link_of
from app.mail.models import OutgoingMail
from app.mail.outbox import queue, send_again, withdraw
from app.settings import Settings

STAYS_FOR = timedelta(minutes=1)


def invite(session: Session, settings: Settings, event: Event, invitees: Iterable[Invitee], *, at: datetime) -> int:
    """Invite those who have not been and have an address; returns how many mails were queued.

    They stay for a minute, in which `take_back` gets them all. Raises Refused for an event that is not public, and for
    a letter with a word that cannot be filled in.
    """
    return _invite(session, settings, event, invitees, at=at, due_at=at + STAYS_FOR)


def invite_substitute(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> None:
    """Invite a substitute at once, and tell the one who sent them that this was done; both once.

    Of an event that is not public nothing is mailed; the secretariat sees who has been named.
    """
    if event.confidentiality != "public":
        return
    substitute = invitee_by_id(session, event.id, invitee.id)
    sender = _sender_of(session, substitute)
    _invite(session, settings, event, [substitute], at=at, due_at=at, instead_of=sender)
    if sender is not None and mailable(sender):
        writer = _writer(session, settings, event, at)
        link = link_of(session, settings, event_id=event.id, person_id=sender.person_id, purpose="invitation")
        queue(
            session, settings, key=f"substitute/{event.id}/{link.public_id}/{substitute.person_id}", kind="notice",
            event_id=event.id, person=sender.person, message=writer.substitute_notice(sender, substitute, link), at=at,
        )  # fmt: skip


def invite_again(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> bool:
    """Send an invitee the invitation once more, at once; returns whether a mail was queued.

    A mail that failed goes out as it is if the address is still the same. Otherwise it is written anew, as the same
    entry in the calendar. While one is on its way there is no second.
    """
    refuse_unsendable(session, settings, event)
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == invitee.id))
    if invitation is None:
        return _invite(session, settings, event, [invitee], at=at, due_at=at) == 1
    mails = list(session.scalars(select(OutgoingMail).where(_of(invitation)).order_by(OutgoingMail.id)))
    if any(mail.state in ("queued", "sending", "uncertain") for mail in mails) or not mailable(invitee):
        return False
    failed = [mail for mail in mails if mail.state == "failed"]
    if failed and failed[-1].to_address == invitee.person.email:
        send_again(session, failed[-1], at)
        return True
    for mail in failed:
        mail.state = "withdrawn"  # dealt with: another one takes its place
    link = link_of(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation")
    writer = _writer(session, settings, event, at)
    return _post(session, writer, invitee, invitation, link, _sender_of(session, invitee), at)


def take_back(session: Session, event: Event) -> int:
    """Take back the invitations that have not left; who gets none is as before, not invited. Returns how many."""
    taken = {mail.person_id for mail in withdraw(session, event.id, "invitation")}
    left = select(OutgoingMail.person_id).where(
        OutgoingMail.event_id == event.id, OutgoingMail.kind == "invitation", OutgoingMail.state != "withdrawn",
        OutgoingMail.person_id.is_not(None),
    )  # fmt: skip
    unasked = select(Invitee.id).where(
        Invitee.event_id == event.id, Invitee.person_id.in_(taken), Invitee.person_id.not_in(left)
    )
    session.execute(delete(Invitation).where(Invitation.invitee_id.in_(unasked)))
    return len(taken)


def mailable(invitee: Invitee) -> bool:
    return bool(invitee.person.email) and sound_address(invitee.person.email)


def invited_ids(session: Session, event_id: int) -> set[int]:
    """Return the ids of the invitees who have been asked."""
    query = select(Invitation.invitee_id).join(Invitee, Invitee.id == Invitation.invitee_id)
    return set(session.scalars(query.where(Invitee.event_id == event_id)))


def refuse_unsendable(session: Session, settings: Settings, event: Event) -> None:
    """Raise Refused for an event whose invitations may not or cannot be mailed."""
    if event.confidentiality != "public":
        raise Refused(_("The event is not public, so nothing of it is sent by e-mail. Invite by letter or telephone."))
    for _language, sentence in written_problems(written_letters(session, event.id)):
        raise Refused(_("The letter cannot be sent: %(problem)s") % {"problem": sentence})


def _invite(
    session: Session, settings: Settings, event: Event, invitees: Iterable[Invitee], *, at: datetime, due_at: datetime,
    instead_of: Invitee | None = None,
) -> int:  # fmt: skip
    refuse_unsendable(session, settings, event)
    hold(session, event.id)
    asked = invited_ids(session, event.id)
    writer = _writer(session, settings, event, at)
    queued = 0
    for invitee in invitees:
        if invitee.id in asked or not mailable(invitee):
            continue
        link = link_of(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation")
        invitation = Invitation(invitee_id=invitee.id, uid=writer.uid(link), sequence=0, sent_at=at)
        try:
            with session.begin_nested():
                session.add(invitation)
        except IntegrityError:  # another secretary pressed the same button just now
            continue
        queued += _post(session, writer, invitee, invitation, link, instead_of, due_at)
    return queued


def _post(session, writer: Writer, invitee, invitation, link, instead_of, due_at: datetime) -> bool:
    number = session.scalar(select(func.count(OutgoingMail.id)).where(_of(invitation)))
    mail = queue(
        session, writer.settings, key=f"invitation/{invitation.uid}/{number}", kind="invitation",
        event_id=writer.event.id, person=invitee.person, at=writer.at, due_at=due_at,
        message=writer.invitation(invitee, link, invitation.sequence, instead_of),
    )  # fmt: skip
    return mail is not None


def _writer(session: Session, settings: Settings, event: Event, at: datetime) -> Writer:
    return Writer(settings, event, facts_of(session, settings, event), written_letters(session, event.id), at)


def _sender_of(session: Session, invitee: Invitee) -> Invitee | None:
    return invitee_by_id(session, invitee.event_id, invitee.substitute_for_id) if invitee.substitute_for_id else None


def _of(invitation: Invitation):
    return OutgoingMail.key.startswith(f"invitation/{invitation.uid}/", autoescape=True)
