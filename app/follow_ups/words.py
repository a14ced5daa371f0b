"""States and owners of follow-ups in words."""

from __future__ import annotations

from datetime import date

from app.follow_ups.models import OPEN, FollowUp
from app.language import gettext as _


def state_words() -> dict[str, str]:
    """Return what each state is called, in the language of the moment."""
    return {
        "proposed": _("proposed"),
        "agreed": _("agreed"),
        "under_way": _("under way"),
        "done": _("done"),
        "dropped": _("dropped"),
    }


def owner_words(one: FollowUp) -> str:
    """Who has it in hand, or nothing; the owner is loaded."""
    return one.owner.name if one.owner else one.owner_name or ""


def standing_words(one: FollowUp, today: date | None = None) -> str:
    """How it stands; with today also whether it is overdue."""
    words = state_words()[one.state]
    late = today is not None and one.due is not None and one.due < today and one.state in OPEN
    return _("%(state)s, overdue") % {"state": words} if late else words
