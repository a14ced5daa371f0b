"""Takes the answer that an invitee posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.forms import Reading, clean_text
from app.guests.letter import Reply
from app.guests.opening import Guest
from app.invitations.receiving import receive, receive_substitute
from app.invitees.models import Invitee
from app.invitees.rsvp import Standing
from app.language import gettext as _
from app.settings import Settings

ANSWERS = {
    "coming": {"choice": "accepted", "mode": "in_person"},
    "online": {"choice": "accepted", "mode": "remote"},
    "declined": {"choice": "declined"},
}


@dataclass
class TooLate(Exception):
    """The answer or the survey closed, or the event was cancelled, while somebody was writing; texts are theirs, to be
    copied from the page."""

    texts: list[str]


def reply(
    session: Session, settings: Settings, guest: Guest, stands: Reply, posted: FormData, at: datetime
) -> Invitee | None:
    """Store the posted answer with what follows from it; return who comes instead, where somebody is sent.

    Raises Invalid at `answer`, `substitute_name` or `substitute_email`; TooLate with the comment after the deadline,
    and of a cancelled event.
    """
    if stands.closed or stands.standing == Standing.WITHDRAWN:
        raise TooLate(_texts(posted, ["comment"]))
    form = Reading(posted)
    offered = [*ANSWERS, "substitute"] if guest.event.online_url else ["coming", "declined", "substitute"]
    chosen = form.choice("answer", offered, needed=_("Choose one of the answers."))
    comment = form.text("comment", most=2_000)
    if chosen != "substitute":
        form.done()
        receive(session, settings, guest.event, guest.invitee, **ANSWERS[chosen], comment=comment, source="link", at=at)
        return None
    name = form.line("substitute_name", needed=_("Write the name of the one who comes in your place."), most=200)
    email = form.address("substitute_email", needed=_("Write their e-mail address, so that they get an invitation."))
    form.done()
    return receive_substitute(
        session, settings, guest.event, guest.invitee, name=name, email=email, comment=comment, source="link", at=at
    )


def _texts(posted: FormData, names: list[str]) -> list[str]:
    written = [clean_text(text) for name in names for text in posted.getlist(name) if isinstance(text, str)]
    return [text for text in written if text and not text.isdigit()]
