"""What is said of somebody's part in an event: where they stand, and whether they were there."""

from __future__ import annotations

from app.language import gettext as _


def standing_words(standing: str) -> str:
    """The word beside the shape of an answer; standing is one of `app.invitees.rsvp.Standing`."""
    return {
        "coming": _("coming"),
        "online": _("online"),
        "waiting": _("on the waiting list"),
        "tentative": _("not sure yet"),
        "declined": _("not coming"),
        "substitute": _("sends somebody else"),
        "withdrawn": _("no longer the substitute"),
        "silent": _("no answer"),
    }[standing]


def presence_words(mode: str) -> str:
    """The word beside the shape of a presence; mode is one of `app.attendance.models.MODES`."""
    return {
        "in_person": _("present"),
        "remote": _("present online"),
        "excused": _("sent apologies"),
        "absent": _("absent"),
    }[mode]
