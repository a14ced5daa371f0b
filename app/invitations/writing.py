"""Writes the invitation's mails: to the invitee, and to the one who sent a substitute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from app.events.models import Event
from app.invitations import ics
from app.invitations.entries import entry_of, uid_of
from app.invitations.facts import Facts, values_of, when_words
from app.invitations.letters import Letter, language_of, own_letter, read_by
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import speaking, spoken
from app.links.links import address_of
from app.links.models import PersonalLink
from app.mail.compose import compose, letters, new_message_id
from app.people.words import body_name
from app.settings import Settings


@dataclass(frozen=True)
class Writer:
    """What all mails of one sending share. written are the secretariat's own letters by language."""

    settings: Settings
    event: Event
    facts: Facts
    written: Mapping[str, Letter]
    at: datetime

    def uid(self, link: PersonalLink) -> str:
        return uid_of(self.settings, link)

    def invitation(
        self, invitee: Invitee, link: PersonalLink, sequence: int, instead_of: Invitee | None = None
    ) -> EmailMessage:
        """Return an invitee's own invitation with its calendar part; instead_of is the one whose place they take."""
        url = address_of(self.settings, link)
        language = language_of(self.event, invitee, self.written)
        with speaking(language):
            letter = self.written.get(language) or own_letter(self.event, self.facts)
            button = letters.get_template("mail/layout/pieces.html").module.button(url, _("Answer the invitation"))
            reading = read_by(letter, values_of(self.event, self.facts, invitee, url), button)
            entry = entry_of(self.settings, self.event, invitee, link, sequence=sequence, at=self.at)
            context = {
                "reading": reading,
                "convener": body_name(self.event.convener, spoken()),
                "instead_of": instead_of.person.name if instead_of else "",
                "name": invitee.person.name,
                "contacts": self.facts.contacts,
            }
            return self._compose("invitation", invitee, context, calendar=ics.request(entry))

    def substitute_notice(self, sender: Invitee, substitute: Invitee, link: PersonalLink) -> EmailMessage:
        """Return what tells an invitee that their substitute has been invited, and how to come after all."""
        with speaking(sender.person.language or self.event.language):
            context = {
                "name": sender.person.name,
                "substitute": substitute.person.name,
                "title": self.event.title,
                "when": when_words(self.event),
                "url": address_of(self.settings, link),
                "contacts": self.facts.contacts,
            }
            return self._compose("substitute", sender, context, automatic=True)

    def _compose(self, letter: str, to: Invitee, context: dict, **more) -> EmailMessage:
        return compose(
            self.settings, letter=letter, language=spoken(), to_name=to.person.name, to_address=to.person.email or "",
            message_id=new_message_id(self.settings), at=self.at, context=context, **more,
        )  # fmt: skip
