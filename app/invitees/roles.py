"""The words for what somebody is at an event."""

from __future__ import annotations

from app.language import gettext as _
from app.people.roles import role_words


def event_role_words(role: str) -> str:
    ours = {"observer": _("observer"), "speaker": _("speaker"), "adjuster": _("adjuster of the minutes")}
    return ours.get(role) or role_words(role)
