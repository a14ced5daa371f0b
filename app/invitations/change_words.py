"""Says what has changed in an event, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app import dates
from app.invitations.changes import Change
from app.language import gettext as _
from app.language import spoken


def changes_words(changes: Sequence[Change], zone: str) -> str:
    """Return a line for each change: what it is now, and what it was."""
    return "\n".join(change_words(change, zone) for change in changes)


def change_words(change: Change, zone: str) -> str:
    whole = {
        "cancelled": _("The event takes place after all."),
        "background": _("The text about the event has been changed."),
        "programme": _("The programme has been changed."),
    }
    if change.what in whole:
        return whole[change.what]
    names = {
        "when": _("Time"),
        "place": _("Place"),
        "online": _("Online"),
        "title": _("Title"),
        "deadline": _("Answers due"),
    }
    was, now = _value(change.what, change.was), _value(change.what, change.now)
    what = names[change.what]
    if not was:
        return _("%(what)s: %(now)s (new)") % {"what": what, "now": now}
    if not now:
        return _("%(what)s: none any more (was %(was)s)") % {"what": what, "was": was}
    return _("%(what)s: %(now)s (was %(was)s)") % {"what": what, "now": now, "was": was}


def _value(what: str, value: Any) -> str:
    if not value:
        return ""
    if what == "when":
        start, end, _zone = value
        return dates.when(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None, spoken())
    if what == "deadline":
        return _deadline(value)
    return str(value)


def _deadline(text: str) -> str:
    if "T" in text:
        return dates.when(datetime.fromisoformat(text), None, spoken())
    return dates.day_long(date.fromisoformat(text), spoken())
