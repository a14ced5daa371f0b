"""An answer in a word or two, told to the one who gave it."""

from __future__ import annotations

from app.invitees.models import Response
from app.language import gettext as _


def said_words(answer: Response) -> str:
    """Return what an answer says, as a word or two: coming, online, not coming."""
    if answer.choice == "accepted":
        return _("online") if answer.mode == "remote" else _("coming")
    if answer.choice == "declined" and answer.substitute_id is not None:
        return _("sends somebody else")
    return {
        "declined": _("not coming"),
        "tentative": _("not sure yet"),
        "waiting": _("on the waiting list"),
        "asked": _("asked anew"),
    }[answer.choice]
