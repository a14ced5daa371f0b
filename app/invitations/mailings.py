"""Posts a mailing: freezes what its mails share and queues one mail for each recipient, in a few statements for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.forms import can_be_mailed, clean_line
from app.invitations.as_sent import addressed_line
from app.invitations.facts import Facts, represented_words
from app.invitations.freezing import Purpose, freeze_mailing
from app.invitations.placeholders import fill
from app.invitees.models import Invitee
from app.language import speaking
from app.mail.models import Mailing, OutgoingMail
from app.mail.outbox import Copy, queue_copies
from app.settings import Settings


class Calendar(NamedTuple):
    """The calendar identity of an invitation."""

    uid: str
    sequence: int


class Link(Protocol):
    """A personal link, as far as its address is made of it."""

    @property
    def public_id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def kid(self) -> int: ...


@dataclass(frozen=True)
class Recipient:
    """One who gets a mail of a mailing. number tells mails of one kind to one invitee apart; answered is the answer
    that stands, where they are not asked anew; instead_of is whose place they take; begun is what is said to who has
    begun the survey."""

    invitee: Invitee
    calendar: Calendar
    link: Link
    language: str
    number: str = "0"
    answered: str | None = None
    instead_of: str = ""
    begun: str = ""


def mailable(invitee: Invitee) -> bool:
    return can_be_mailed(invitee.person.email)


def post(
    session: Session, settings: Settings, event: Event, purpose: Purpose, facts: Facts, recipients: Iterable[Recipient],
    *, at: datetime, due_at: datetime, by: str | None = None,
) -> tuple[Mailing, list[int]]:  # fmt: skip
    """Queue a mail for each recipient that leaves at due_at; returns the mailing and the ids of the mails.

    Nobody gets a second mail of the same kind and number.
    """
    recipients = list(recipients)
    mailing = freeze_mailing(session, settings, event, purpose, facts.contacts, at=at, by=by)
    threads = {} if purpose.kind == "invitation" else first_mails(session, event.id)
    copies = copies_of(mailing.frozen, purpose.kind, recipients, threads, event.language)
    return mailing, queue_copies(session, settings, mailing, copies, due_at=due_at)


def first_mails(session: Session, event_id: int) -> dict[int, str]:
    """Return the Message-ID of people's first invitation to an event, by person: what follows stands in its thread."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.kind == "invitation", OutgoingMail.state != "withdrawn"
    rows = session.execute(
        select(OutgoingMail.person_id, OutgoingMail.message_id).where(*mine).order_by(OutgoingMail.id.desc())
    )
    return {person_id: message_id for person_id, message_id in rows if person_id is not None}


def copies_of(
    frozen: dict[str, Any], kind: str, recipients: Sequence[Recipient], threads: Mapping[int, str], printed: str
) -> list[Copy]:
    """Return what is each recipient's own in a mailing; threads: the Message-ID of the mail that this one follows;
    printed: the language in which the invitation says to whom it went (app/invitations/as_sent.py)."""
    copies = []
    for one in recipients:
        person, calendar = one.invitee.person, one.calendar
        with speaking(one.language):
            own = {
                "language": one.language,
                "name": clean_line(person.name),
                "group": represented_words(one.invitee),
                "instead_of": one.instead_of,
                "public_id": one.link.public_id,
                "version": one.link.version,
                "kid": one.link.kid,
                "uid": calendar.uid,
                "sequence": calendar.sequence,
                "answered": one.answered,
                "follows": threads.get(person.id),
            } | ({"begun": one.begun} if one.begun else {})
        if kind == "invitation":
            own["addressed"] = addressed_line(one.invitee, printed)
        subject = fill(frozen["letters"][one.language][0], frozen["words"][one.language] | own)
        copies.append(
            Copy(
                key=f"{kind}/{calendar.uid}/{one.number}", person_id=person.id, to_name=person.name,
                to_address=person.email or "", subject=clean_line(subject, 300), inputs=own,
            )
        )  # fmt: skip
    return copies
