"""Writes the notice to the one who sent a substitute."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from app.events.models import Event
from app.invitations.facts import Facts, when_words
from app.invitees.models import Invitee
from app.language import speaking, spoken
from app.links.links import address_of
from app.links.models import PersonalLink
from app.mail.compose import compose, new_message_id
from app.settings import Settings


def substitute_notice(
    settings: Settings,
    event: Event,
    facts: Facts,
    sender: Invitee,
    substitute: str,
    link: PersonalLink,
    at: datetime,
) -> EmailMessage:
    """Return what tells an invitee that their substitute has been invited, and how to come after all."""
    with speaking(sender.person.language or event.language):
        context = {
            "name": sender.person.name,
            "substitute": substitute,
            "title": event.title,
            "when": when_words(event),
            "url": address_of(settings, link),
            "contacts": facts.contacts,
        }
        return compose(
            settings, letter="substitute", language=spoken(), to_name=sender.person.name,
            to_address=sender.person.email or "", message_id=new_message_id(settings), at=at, context=context,
            automatic=True,
        )  # fmt: skip
