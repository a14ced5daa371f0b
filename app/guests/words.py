"""The answer in the invitee's own words."""

from __future__ import annotations

from app.events.models import Event
from app.guests.letter import Reply
from app.invitees.rsvp import Standing
from app.language import gettext as _

MARKS = {
    Standing.COMING: "yes",
    Standing.ONLINE: "remote",
    Standing.TENTATIVE: "maybe",
    Standing.DECLINED: "no",
    Standing.SUBSTITUTE: "substitute",
}


def answer_mark(reply: Reply) -> str:
    return MARKS.get(reply.standing, "silent")


def answer_words(reply: Reply) -> str:
    """Return what was answered, told to the one who answered."""
    return {
        Standing.COMING: _("You are coming"),
        Standing.ONLINE: _("You take part online"),
        Standing.TENTATIVE: _("You may be coming"),
        Standing.DECLINED: _("You are not coming"),
        Standing.SUBSTITUTE: _("%(name)s comes in your place") % {"name": reply.substitute},
    }.get(reply.standing, "")


def answer_choices(event: Event) -> list[tuple[str, str, str]]:
    """Return the large choices: value, words, help."""
    online = ("online", _("I take part online"), _("The link is on this page and in your calendar entry."))
    return [
        ("coming", _("I am coming"), event.place or ""),
        *([online] if event.online_url else []),
        ("declined", _("I am not coming"), ""),
        ("substitute", _("Somebody comes in my place"), _("They get an invitation and a link of their own.")),
    ]
