"""Shows the letter as its real recipients will read it, one after the other, and keeps what is written into it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.invitations import letters
from app.invitations.facts import facts_of, values_of
from app.invitations.letters import Letter, language_of, own_letter, read_by, written_letter
from app.invitations.models import InvitationLetter
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.language import gettext as _
from app.language import speaking
from app.settings import Settings


@dataclass(frozen=True)
class Preview:
    """The letter with its placeholders, and as recipient reads it; place of count, with who comes before and after.

    recipient is None where nobody is picked yet: the placeholders then stand as they are.
    """

    letter: Letter
    written: bool
    language: str
    recipient: Invitee | None
    reading: letters.Reading
    place: int
    count: int
    earlier: int | None
    later: int | None


def preview_of(session: Session, settings: Settings, event: Event, invitee_id: str) -> Preview:
    """Return the letter as one invitee gets it, the first unless told; it writes nothing, so the link is left open."""
    invitees = invitees_of(session, event.id)
    place = next((at for at, invitee in enumerate(invitees) if str(invitee.id) == invitee_id), 0)
    recipient = invitees[place] if invitees else None
    written = written_letter(session, event.id)
    language = language_of(event, recipient, written) if recipient else event.language
    facts = facts_of(session, settings, event)
    with speaking(language):
        letter = written or own_letter(event, facts)
        link = f"{settings.base_url}/i/…"
        values = values_of(event, recipient, link) if recipient else {}
        button = Markup('<p><span class="button" aria-disabled="true">{}</span></p>').format(_("Answer the invitation"))
        reading = read_by(letter, values, button + Markup('<p class="quiet">{}</p>').format(escape(link)))
    with speaking(event.language):
        editable = written or own_letter(event, facts)
    return Preview(
        editable, written is not None, language, recipient, reading, place + 1, len(invitees),
        invitees[place - 1].id if place else None,
        invitees[place + 1].id if place + 1 < len(invitees) else None,
    )  # fmt: skip


def save_letter(session: Session, event: Event, posted: FormData) -> None:
    """Keep the letter that the secretariat wrote; raises Invalid at `subject` or `body`."""
    reading = Reading(posted)
    subject = reading.line("subject", needed=_("Write what the mail is about."))
    body = reading.text("body", needed=_("Write the letter."), most=20_000)
    if subject and body:
        for field, sentence in letters.problems(Letter(subject, body)):
            reading.problem(field, sentence)
    reading.done()
    session.merge(InvitationLetter(event_id=event.id, subject=subject, body=body))


def write_itself(session: Session, event: Event) -> None:
    """Throw away what was written: the letter follows the event again."""
    session.execute(delete(InvitationLetter).where(InvitationLetter.event_id == event.id))
