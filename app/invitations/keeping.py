"""Keeps what is written into the letter, in each language, and what a form of it begins with."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.invitations.letters import Letter, problems
from app.invitations.models import InvitationLetter
from app.language import gettext as _

LONGEST = 20_000


def read_letter(reading: Reading, kind: str = "invitation") -> Letter | None:
    """Read a letter's subject and body; what keeps it from being sent is noted at its field."""
    subject = reading.line("subject", needed=_("Write what the mail is about."))
    body = reading.text("body", needed=_("Write the letter."), most=LONGEST)
    if not subject or not body:
        return None
    letter = Letter(subject, body)
    for field, sentence in problems(letter, kind):
        reading.problem(field, sentence)
    return letter


def save_letter(session: Session, event: Event, language: str, posted: FormData) -> None:
    """Keep the letter that the secretariat wrote in a language; raises Invalid at `subject` or `body`."""
    reading = Reading(posted)
    letter = read_letter(reading)
    reading.done()
    key = {"event_id": event.id, "language": language}
    session.merge(InvitationLetter(**key, subject=letter.subject, body=letter.body))


def write_itself(session: Session, event: Event, language: str) -> None:
    """Throw away what was written in a language."""
    mine = InvitationLetter.event_id == event.id, InvitationLetter.language == language
    session.execute(delete(InvitationLetter).where(*mine))
