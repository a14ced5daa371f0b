"""Records what an invitee answered otherwise than by the link: by telephone, by letter, by e-mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.invitations.inviting import invite_substitute
from app.invitees.answering import respond, send_substitute
from app.invitees.models import Invitee
from app.language import gettext as _
from app.links.links import address_of
from app.links.models import PersonalLink
from app.settings import Settings

SOURCES = ("phone", "letter", "email")
ANSWERS = {
    "coming": ("accepted", "in_person"),
    "online": ("accepted", "remote"),
    "tentative": ("tentative", None),
    "declined": ("declined", None),
}


def record_answer(
    session: Session, settings: Settings, event: Event, invitee: Invitee, posted: FormData, *, at: datetime
) -> None:
    """Store an answer that came to the secretariat, also after the deadline; a substitute is invited as usual.

    Raises Invalid at `answer`, `source`, `substitute_name` or `substitute_email`.
    """
    reading = Reading(posted)
    answer = reading.choice("answer", (*ANSWERS, "substitute"), needed=_("Choose what they answered."))
    source = reading.choice("source", SOURCES, needed=_("Choose how the answer came."))
    comment = reading.text("comment", most=2_000)
    if answer == "substitute":
        name = reading.line("substitute_name", needed=_("Write the name of the one who comes."), most=200)
        email = reading.address("substitute_email", needed=_("Write their e-mail address: they get an invitation."))
        reading.done()
        sent = send_substitute(session, invitee, name=name, email=email, comment=comment, source=source, at=at)
        invite_substitute(session, settings, event, sent, at=at)
        return
    reading.done()
    choice, mode = ANSWERS[answer]
    respond(session, invitee, choice=choice, mode=mode, comment=comment, source=source, at=at)


def known_link(session: Session, settings: Settings, invitee: Invitee) -> str | None:
    """Return an invitee's personal link if it has been made; writes nothing."""
    query = select(PersonalLink).where(
        PersonalLink.event_id == invitee.event_id, PersonalLink.person_id == invitee.person_id,
        PersonalLink.purpose == "invitation", PersonalLink.revoked_at.is_(None), ~PersonalLink.former,
    )  # fmt: skip
    link = session.scalar(query)
    return address_of(settings, link) if link else None
