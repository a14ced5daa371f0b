"""What the secretary does with a mail that waits: take its answer, let a substitute come, leave it, put it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.events.queries import event_by_id
from app.inbox.models import IncomingMail
from app.inbox.taking import give
from app.invitations.receiving import receive_substitute, take_away
from app.invitees.answering import standing_response
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitee_by_id
from app.language import gettext as _
from app.mail.models import OutgoingMail
from app.mail.undeliverable import unflag
from app.settings import Settings

ANSWERS = ("accepted", "declined", "tentative")


def mail_by_id(session: Session, mail_id: int) -> IncomingMail:
    """Return a mail, held until the transaction ends; raises NotFound."""
    query = select(IncomingMail).where(IncomingMail.id == mail_id)
    mail = session.scalar(query.with_for_update())
    if mail is None or mail.state == "arrived":
        raise NotFound
    return mail


def can_take(mail: IncomingMail) -> bool:
    """Whether a mail holds an answer that could be somebody's."""
    return mail.state == "waiting" and mail.invitee_id is not None and mail.status in ANSWERS


def take(session: Session, settings: Settings, mail: IncomingMail, *, at: datetime) -> Invitee:
    """Let a held answer count, and return whose it is: from when it was given, or from now where a later one stands.

    Raises Refused for what holds no answer, or was dealt with meanwhile.
    """
    if not can_take(mail):
        raise Refused(_("This mail has been dealt with, or holds no answer."))
    event = event_by_id(session, mail.event_id)
    invitee = invitee_by_id(session, event.id, mail.invitee_id)
    stands = standing_response(session, invitee.id)
    later = stands is not None and mail.given_at < stands.responded_at
    given_at = at if later else mail.given_at
    mail.response_id = give(session, settings, mail, event, invitee, stands, given_at=given_at, at=at)
    mail.state = "taken"
    return invitee


def take_substitute(
    session: Session, settings: Settings, mail: IncomingMail, *, name: str, email: str, at: datetime
) -> Invitee:
    """Invite whom a calendar handed the invitation on to, in the invitee's place; returns the substitute.

    Raises Invalid as `send_substitute` does, and Refused as `take`.
    """
    if mail.state != "waiting" or mail.invitee_id is None:
        raise Refused(_("This mail has been dealt with, or holds no answer."))
    invitee = invitee_by_id(session, mail.event_id, mail.invitee_id)
    comment = mail.comment or None
    event = event_by_id(session, mail.event_id)
    sent = receive_substitute(
        session, settings, event, invitee, name=name, email=email, comment=comment, source="calendar", at=at
    )
    mail.state = "taken"
    return sent


def leave(mail: IncomingMail) -> None:
    """Let a mail wait no longer; nothing comes of it."""
    if mail.state == "waiting":
        mail.state = "left"


def can_put_back(mail: IncomingMail) -> bool:
    return mail.state == "left" or (mail.state in ("taken", "noted") and mail.response_id is not None)


def put_back(session: Session, settings: Settings, mail: IncomingMail, *, at: datetime) -> None:
    """Let a mail wait again; the answer that it made is none any more, and the one before stands.

    Raises Refused where something was answered since, for a substitute, who has been invited by then, and as
    `take_away`.
    """
    if not can_put_back(mail):
        raise Refused(_("This cannot be put back: open the invitee, and write down what they answered."))
    if mail.response_id is not None:
        made = session.get(Response, mail.response_id)
        stands = standing_response(session, made.invitee_id) if made else None
        if made is None or stands is not made or made.source != "calendar":
            raise Refused(_("This invitee has answered since. Open them, and write down what holds."))
        mail.response_id = None
        session.flush()
        take_away(session, settings, event_by_id(session, mail.event_id), made, at=at)
    mail.state = "waiting"
    session.flush()


def works_again(session: Session, mail: IncomingMail) -> str | None:
    """Take the address that a mail came back from for a working one; returns it."""
    sent = session.get(OutgoingMail, mail.outgoing_mail_id) if mail.outgoing_mail_id else None
    if sent is None:
        return None
    unflag(session, sent.to_address)
    leave(mail)
    return sent.to_address
