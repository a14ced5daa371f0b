"""Sends a letter to the one who writes it, as one recipient would get it, with nothing in it that would answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.events.models import Event
from app.invitations import ics
from app.invitations.entries import trial_entry
from app.invitations.facts import facts_of
from app.invitations.inviting import refuse_unsendable
from app.invitations.letters import Letter, language_of, own_letter, written_letters
from app.invitations.previewing import preview_link, reading_of
from app.invitations.readers import place_of
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import speaking, spoken
from app.mail.compose import compose, new_message_id
from app.mail.outbox import queue
from app.people.words import body_name
from app.settings import Settings


@dataclass(frozen=True)
class Oneself:
    """An account as the recipient of a mail: nobody of the address book."""

    name: str
    email: str
    id: None = None


def send_test(
    session: Session, settings: Settings, event: Event, account: Account, invitee_id: int | None, *, at: datetime
) -> Invitee | None:
    """Queue the letter as an invitee would get it, to the account's own address, at once; returns that invitee.

    It says that it is a test, its links open nobody's page, its calendar entry asks nothing, and nobody counts as
    invited by it. Returns None where nobody is picked yet. Raises Refused for what may not be sent by mail.
    """
    refuse_unsendable(session, settings, event)
    recipient = place_of(session, event, invitee_id).recipient
    if recipient is None:
        return None
    written = written_letters(session, event.id)
    language = language_of(event, recipient, written)
    facts = facts_of(session, settings, event)
    with speaking(language):
        letter = written.get(language) or own_letter(event, facts)
        letter = Letter(_("Test: %(subject)s") % {"subject": letter.subject}, letter.body)
        context = {
            "reading": reading_of(settings, event, facts, letter, recipient), "instead_of": "", "kind": "invitation",
            "convener": body_name(event.convener, spoken()), "name": recipient.person.name, "contacts": facts.contacts,
        }  # fmt: skip
        mark = secrets.token_hex(8)
        entry = trial_entry(settings, event, recipient, preview_link(settings), mark, at=at)
        message = compose(
            settings, letter="test", language=language, to_name=account.name, to_address=account.email,
            message_id=new_message_id(settings), at=at, context=context,
            attachments=[("invite.ics", "text/calendar", ics.publish(entry))],
        )  # fmt: skip
    queue(
        session, settings, key=f"test/{event.id}/{mark}", kind="notice", event_id=event.id,
        person=Oneself(account.name, account.email), message=message, at=at,
    )  # fmt: skip
    return recipient
