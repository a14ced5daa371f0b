"""Reads what an invitee has sent of what they need."""

from __future__ import annotations

from starlette.datastructures import FormData

from app.events.models import Event
from app.forms import Reading
from app.language import gettext as _
from app.needs.kinds import ACCESS, DIET, MOST, Said


def read_needs(posted: FormData, event: Event) -> Said:
    """Return what was said of what the event asks; raises Invalid where something is said without consent."""
    reading = Reading(posted)
    diet, access = event.diet_asked, event.access_asked
    said = Said(
        _codes(posted, "diet", DIET) if diet else (),
        reading.text("diet_words", most=MOST) if diet else None,
        _codes(posted, "access", ACCESS) if access else (),
        reading.text("access_words", most=MOST) if access else None,
    )
    if said and not reading.tick("consent"):
        reading.problem("consent", _("Tick this if you agree; without it nothing of this is kept."))
    reading.done()
    return said


def _codes(posted: FormData, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    given = posted.getlist(name)
    return tuple(code for code in known if code in given)
