"""What letters are for, as words."""

from __future__ import annotations

from app.language import gettext as _


def template_kinds() -> dict[str, str]:
    """Return the kinds of letters that may be kept as templates (app/invitations/models.py), with their words."""
    return {
        "invitation": _("Invitation"),
        "reminder": _("Reminder"),
        "update": _("News of a change"),
        "cancellation": _("Cancellation"),
    }
