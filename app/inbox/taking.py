"""Takes what arrived: reads it, judges it, and lets an answer that is beyond doubt count. A mail is one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.dates import place_in_zone
from app.events.models import Event
from app.forms import clean_line
from app.inbox.calendars import Attendee
from app.inbox.judging import Verdict, given_at, judge
from app.inbox.known import Place, place_of
from app.inbox.models import IncomingMail
from app.inbox.reading import Mail, read_mail
from app.invitations.receiving import receive
from app.invitees.answering import respond
from app.invitees.models import Invitee, Response
from app.mail.models import OutgoingMail
from app.mail.sealing import unseal
from app.mail.undeliverable import flag_address
from app.sealing import Unreadable
from app.settings import Settings

MOST_TRIES = 3
ARRIVED = ("sent", "uncertain", "sending")


def judged(
    session: Session, settings: Settings, content: bytes, arrived_at: datetime, *, to_write: bool = False
) -> tuple[Mail, Verdict, Place | None]:
    """Read and judge a mail; writes nothing. to_write: the place is held until the transaction ends, so that of two
    answers at once the second is judged by what the first has made of it."""
    mail = read_mail(content, settings)
    place = place_of(session, mail.uid, arrived_at, held=to_write) if mail.kind in ("reply", "counter") else None
    known = place.known if place else None
    return mail, judge(mail, known, arrived_at, authenticated=settings.mail_authserv is not None), place


def take_in(session: Session, settings: Settings, row: IncomingMail, at: datetime) -> tuple[Mail, Verdict]:
    """Judge a mail that was kept, write down what became of it, and let it count where nothing speaks against it."""
    try:
        content = unseal(settings.secret, row.content, row.digest)
    except Unreadable:  # the secret was changed in between
        put_aside(row, "secret")
        return Mail("other", problem="secret"), Verdict("unreadable", "secret")
    mail, verdict, place = judged(session, settings, content, row.arrived_at, to_write=True)
    _write_down(session, row, mail, verdict, place)
    if verdict.code == "accepted":
        row.response_id = give(
            session, settings, row, place.event, place.invitee, place.response, given_at=row.given_at, at=at
        )
    elif verdict.code == "undeliverable":
        _came_back(session, row, mail, at)
    session.flush()
    return mail, Verdict(row.verdict, row.reason)


def put_aside(row: IncomingMail, reason: str) -> None:
    """Leave a mail that cannot be read to the secretary; the next ones are read all the same."""
    row.state, row.verdict, row.reason = "waiting", "unreadable", reason


def give(
    session: Session, settings: Settings, row: IncomingMail, event: Event, invitee: Invitee, stands: Response | None, *,
    given_at: datetime, at: datetime,
) -> int | None:  # fmt: skip
    """Let a kept answer be the invitee's, given at `given_at`, with what follows from it now; returns the id of the
    answer that it made, if it made one.

    A calendar cannot say how somebody takes part, nor who comes instead: where it says what stands already, both stay,
    and so does a substitute when one who is asked anew declines again.
    """
    comment = row.comment or None
    if stands is not None and stands.substitute_id is not None and row.status == "declined":
        sent = stands.substitute_id
        made = respond(
            session, invitee, choice="declined", comment=comment, substitute_id=sent, source="calendar", at=given_at
        )
    else:
        mode = stands.mode if stands is not None and stands.choice == row.status else None
        made = receive(
            session, settings, event, invitee, choice=row.status, mode=mode, comment=comment, source="calendar", at=at,
            given_at=given_at,
        )  # fmt: skip
    return None if made is stands else made.id


def _write_down(session: Session, row: IncomingMail, mail: Mail, verdict: Verdict, place: Place | None) -> None:
    row.kind, row.verdict, row.reason = mail.kind, verdict.code, verdict.reason
    row.state = "waiting" if verdict.waits else "noted"
    row.message_id, row.subject, row.sender = mail.message_id or None, mail.subject or None, mail.sender
    row.sender_name, row.comment = mail.sender_name[:200] or None, mail.said or None
    row.given_at = given_at(mail, row.arrived_at)
    if place is not None:
        row.event_id, row.invitee_id = place.event.id, place.invitee.id
    if mail.attendee is not None:
        row.attendee, row.status = mail.attendee.address[:254], mail.attendee.status[:40]
        row.delegated_to = mail.attendee.delegated_to
        row.delegate_name = _delegate_name(mail, mail.attendee)
    if mail.kind == "counter" and mail.calendar is not None and place is not None:
        row.proposed_start = _instant(mail.calendar.starts, place.event.time_zone)
        row.proposed_end = _instant(mail.calendar.ends, place.event.time_zone)
    if mail.report is not None and mail.report.mail_id is not None:
        sent = session.get(OutgoingMail, mail.report.mail_id)
        row.outgoing_mail_id, row.event_id = (sent.id, sent.event_id) if sent else (None, None)
        row.status = mail.report.status


def _came_back(session: Session, row: IncomingMail, mail: Mail, at: datetime) -> None:
    sent = session.get(OutgoingMail, row.outgoing_mail_id) if row.outgoing_mail_id else None
    if sent is None:  # its event was deleted since
        row.verdict, row.reason, row.state = "forged", "no_return_address", "noted"
        return
    if sent.state in ARRIVED:
        sent.state, sent.reply, sent.leased_until = "bounced", mail.report.said or mail.report.status, None
    report = mail.report
    flag_address(session, sent.to_address, status=report.status, said=report.said, mail_id=sent.id, at=at)


def _delegate_name(mail: Mail, attendee: Attendee) -> str | None:
    """The name of who is to come instead, where the calendar gives it, else as their address lets one guess."""
    if attendee.delegated_to is None:
        return None
    named = next((one.name for one in mail.calendar.attendees if one.address == attendee.delegated_to), "")
    local = attendee.delegated_to.partition("@")[0].partition("+")[0]
    guessed = " ".join(part.capitalize() for part in local.replace("_", ".").split(".") if part)
    return clean_line(named if "@" not in named and named else guessed, 200)


def _instant(local: datetime | None, zone: str) -> datetime | None:
    if local is None:
        return None
    return place_in_zone(local, zone) if local.tzinfo is None else local
