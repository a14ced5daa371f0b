"""What the page of inviting shows: whom it picked, how their mails fare, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitations.facts import represented_words
from app.invitations.inviting import invited_ids
from app.invitations.mailings import mailable
from app.invitations.printed import printed_ids
from app.invitations.sending import Sending, sending_of
from app.invitations.updating import TOLD_BY
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.invitees.roles import event_role_words
from app.language import gettext as _
from app.mail.models import OutgoingMail, UndeliverableAddress
from app.mail.outbox import can_send, newest_mails
from app.mail.undeliverable import undeliverable
from app.mail.words import MailStatus, clock_words, mail_status, reason_words
from app.people.words import organisation_words
from app.settings import Settings

HAS_IT = ("sent", "sending", "uncertain")
SENT_BY_PRESS = (*TOLD_BY, "reminder")


@dataclass(frozen=True)
class Row:
    """One invitee as the list shows them; problem says why they get no mail; has_it: whether a mail has left to
    them; printed: the day on which a letter was printed for them, empty where none was."""

    invitee: Invitee
    organisation: str
    represents: str
    role: str
    mail: MailStatus | None
    problem: str | None
    invited: bool
    has_it: bool = False
    bounced: bool = False
    printed: str = ""


@dataclass(frozen=True)
class Failure:
    """An invitation that did not go, and why."""

    row: Row
    reason: str


@dataclass(frozen=True)
class InvitationPage:
    """leaves: whether mails leave this installation. leaves_at: the clock time, left: the minutes and seconds, until
    what can be taken back leaves; empty where nothing can."""

    rows: Sequence[Row]
    sending: Sending
    failures: Sequence[Failure]
    leaves: bool
    leaves_at: str
    left: str

    @property
    def to_send(self) -> list[Row]:
        """Who would get an invitation now."""
        return [row for row in self.rows if not row.invited and not row.problem]

    @property
    def unreachable(self) -> list[Row]:
        """Who cannot be written to and is to be invited otherwise."""
        return [row for row in self.rows if row.problem]

    @property
    def invited(self) -> list[Row]:
        return [row for row in self.rows if row.invited]


def invitation_page(session: Session, settings: Settings, event: Event, language: str, at: datetime) -> InvitationPage:
    """Read it all, in seven queries however many are invited; at is now."""
    invitees = invitees_of(session, event.id)
    asked = invited_ids(session, event.id)
    newest = newest_mails(session, event.id, *SENT_BY_PRESS)
    told = {mail.person_id: mail for mail in newest if mail.kind in TOLD_BY}
    leaves = can_send(settings)
    flagged = undeliverable(session, [one.person.email for one in invitees if one.person.email])
    printed = printed_ids(session, event.id)
    rows = [
        _row(one, told.get(one.person_id), asked, event, language, leaves, flagged, printed.get(one.id))
        for one in invitees
    ]
    sending = sending_of(newest, at)
    failed = {mail.person_id: mail for mail in sending.failed}
    failures = [
        Failure(row, reason_words(failed[row.invitee.person_id].reply))
        for row in rows
        if row.invitee.person_id in failed
    ]
    leaves_at, left = "", ""
    if sending.until:
        seconds = max(0, round((sending.until - at).total_seconds()))
        leaves_at, left = clock_words(sending.until, event.time_zone), f"{seconds // 60}:{seconds % 60:02}"
    return InvitationPage(rows, sending, failures, leaves, leaves_at, left)


def _row(
    invitee: Invitee, mail: OutgoingMail | None, asked: set[int], event: Event, language: str, leaves: bool,
    flagged: Mapping[str, UndeliverableAddress], printed_at: datetime | None,
) -> Row:  # fmt: skip
    person = invitee.person
    problem, bounced = None, flagged.get((person.email or "").lower())
    if not person.email:
        problem = _("has no e-mail address")
    elif not mailable(invitee):
        problem = _("has an e-mail address that cannot be right")
    elif bounced:
        since = dates.day(dates.in_zone(bounced.since, event.time_zone), language)
        problem = _("mail to this address comes back since %(day)s") % {"day": since}
    return Row(
        invitee=invitee,
        organisation=organisation_words(person.organisation, language) if person.organisation else "",
        represents=represented_words(invitee),
        role=event_role_words(invitee.role) if invitee.role else "",
        mail=mail_status(mail, event.time_zone, leaves=leaves),
        problem=problem,
        invited=invitee.id in asked,
        bounced=bounced is not None,
        printed=dates.day(dates.in_zone(printed_at, event.time_zone), language) if printed_at else "",
        has_it=mail is not None and mail.state in HAS_IT,
    )
