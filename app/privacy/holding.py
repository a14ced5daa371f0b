"""Holds an event's data back from erasing, with a reason and until a day; and erases them at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.language import gettext as _
from app.privacy.erasing import ends_on, erase_of_event
from app.privacy.retention import OF_EVENT
from app.settings import Settings

LONGEST = 3 * 365  # days from today: who needs it longer says so again


def hold_back(event: Event, posted: FormData, today: date) -> None:
    """Keep an event's data until a day, for a reason; raises Invalid."""
    reading = Reading(posted)
    until = reading.day("held_until", needed=_("Choose until when the data are held back."))
    because = reading.line("held_because", needed=_("Write why the data are still needed."), most=500)
    if until and not today < until <= today + timedelta(days=LONGEST):
        reading.problem("held_until", _("Choose a day after today, and within three years."))
    reading.done()
    event.held_until, event.held_because = until, because


def let_go(event: Event) -> None:
    """Hold an event's data back no more."""
    event.held_until = event.held_because = None


def erase_now(session: Session, settings: Settings, event: Event, posted: FormData, today: date, at: datetime) -> int:
    """Erase all of an event's data that the rules erase, now; returns how many rows went. Raises Invalid where the
    event is not over, or where what is lost was not confirmed."""
    reading = Reading(posted)
    if ends_on(event) >= today:
        reading.problem("sure", _("The event is not over yet. Its data can be erased from the day after it."))
    elif not reading.tick("sure"):
        reading.problem("sure", _("Tick this if the data may be lost."))
    reading.done()
    return erase_of_event(session, settings, event, OF_EVENT, at)
