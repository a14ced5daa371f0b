"""The answer in the invitee's own words."""

from __future__ import annotations

from app.events.models import Event
from app.guests.letter import Reply
from app.invitees.rsvp import Standing
from app.language import gettext as _

MARKS = {
    Standing.COMING: "yes",
    Standing.ONLINE: "remote",
    Standing.WAITING: "waiting",
    Standing.TENTATIVE: "maybe",
    Standing.DECLINED: "no",
    Standing.SUBSTITUTE: "substitute",
}


def answer_mark(reply: Reply) -> str:
    return "warn" if reply.alone else MARKS.get(reply.standing, "silent")


def answer_words(reply: Reply) -> str:
    """Return what was answered, told to the one who answered."""
    if reply.alone:
        return _("%(name)s cannot come in your place") % {"name": reply.substitute}
    return {
        Standing.COMING: _("You are coming"),
        Standing.ONLINE: _("You take part online"),
        Standing.WAITING: _("A seat is free for you") if reply.kept_until else _("You are on the waiting list"),
        Standing.TENTATIVE: _("You may be coming"),
        Standing.DECLINED: _("You are not coming"),
        Standing.SUBSTITUTE: _("%(name)s comes in your place") % {"name": reply.substitute},
        Standing.SILENT: _("Please answer again") if reply.before else "",
    }.get(reply.standing, "")


def chosen_before(reply: Reply) -> str:
    """Return which of the choices stands; who waits has chosen to come."""
    return "coming" if reply.standing == Standing.WAITING else reply.standing


def answer_choices(event: Event, reply: Reply) -> list[tuple[str, str, str]]:
    """Return the large choices: value, words, help."""
    coming = _("The room is full: you are put on the waiting list.") if reply.full else event.place or ""
    online = ("online", _("I take part online"), _("The link is on this page and in your calendar entry."))
    return [
        ("coming", _("I am coming"), coming),
        *([online] if event.online_url else []),
        ("declined", _("I am not coming"), ""),
        ("substitute", _("Somebody comes in my place"), _("They get an invitation and a link of their own.")),
    ]
