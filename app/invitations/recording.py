"""Records what an invitee answered otherwise than by the link: by telephone, by letter, by e-mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.invitations.receiving import receive, receive_substitute
from app.invitees.answering import standing_response
from app.invitees.models import Invitee
from app.invitees.seating import held_room
from app.invitees.substitutes import those_sent
from app.invitees.waiting import may_sit
from app.language import gettext as _
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

    Raises Invalid at `answer`, `source`, `substitute_name` or `substitute_email`; and at `full` where one would come
    for whom there is no seat, until it is chosen whether they wait or get an extra one.
    """
    reading = Reading(posted)
    answer = reading.choice("answer", (*ANSWERS, "substitute"), needed=_("Choose what they answered."))
    source = reading.choice("source", SOURCES, needed=_("Choose how the answer came."))
    comment = reading.text("comment", most=2_000)
    if answer == "substitute":
        name = reading.line("substitute_name", needed=_("Write the name of the one who comes."), most=200)
        email = reading.address("substitute_email", needed=_("Write their e-mail address: they get an invitation."))
        reading.done()
        receive_substitute(
            session, settings, event, invitee, name=name, email=email, comment=comment, source=source, at=at
        )
        return
    extra = answer == "coming" and _wants_extra_seat(session, event, invitee, reading, at)
    reading.done()
    choice, mode = ANSWERS[answer]
    receive(
        session, settings, event, invitee, choice=choice, mode=mode, comment=comment, source=source, at=at, extra=extra
    )


def _wants_extra_seat(session: Session, event: Event, invitee: Invitee, reading: Reading, at: datetime) -> bool:
    """Whether one for whom there is no seat gets an extra one; else they wait. Nobody does either without a choice."""
    room = held_room(session, event)
    sent = those_sent(session, invitee, standing_response(session, invitee.id))
    if room is None or may_sit(room, invitee.id, at, [one.id for one in sent]):
        return False
    words = _("The room is full: %(taken)s of %(capacity)s seats are taken. Choose the waiting list or an extra seat.")
    needed = words % {"taken": room.taken, "capacity": room.capacity}
    return reading.choice("full", ("waiting", "extra"), needed=needed) == "extra"
