"""What the letters that follow an invitation say when nobody writes them otherwise, in the language of the moment."""

from __future__ import annotations

from app.events.models import Event
from app.invitations.facts import Facts
from app.invitations.letters import Letter
from app.language import gettext as _


def update_letter(event: Event, facts: Facts, *, asks_anew: bool) -> Letter:
    """Tell what has changed; asks_anew: the time or the place has, so that earlier answers do not stand."""
    answer = (
        [
            _("Please answer anew by {deadline}, also if you had answered already."),
            "" if event.rsvp_deadline else _("Please answer anew, also if you had answered already."),
        ]
        if asks_anew
        else [_("You need not answer again.")]
    )
    subject = _("Changed: {title}, {when}") if asks_anew else _("More on: {title}, {when}")
    return _letter(event, facts, subject, [_("There are changes to “{title}”:"), "{changes}", *answer, "{link}"])


def cancellation_letter(event: Event, facts: Facts) -> Letter:
    """Tell that the event is called off."""
    told = _("“{title}”, which was to be on {when}, is cancelled.")
    return _letter(event, facts, _("Cancelled: {title}, {when}"), [told, _("You need not do anything.")])


def withdrawal_letter(event: Event, facts: Facts) -> Letter:
    """Tell one invitee that they are not expected, while the event takes place."""
    told = _("Your invitation to “{title}”, {when}, is withdrawn. The event itself takes place.")
    return _letter(event, facts, _("Invitation withdrawn: {title}, {when}"), [told])


def not_needed_letter(event: Event, facts: Facts) -> Letter:
    """Tell a substitute that the one in whose place they were to come ({instead_of}) does not need them any more."""
    told = _("{instead_of} has answered anew and does not ask you to come in their place any more.")
    return _letter(event, facts, _("You are no longer needed as a substitute: {title}"), [told])


def reminder_letter(event: Event, facts: Facts) -> Letter:
    """Ask those who have not answered to do so."""
    told = _("We have not received your answer to the invitation to “{title}” yet.")
    where = "\n".join([_("Time: {when}"), _("Place: {place}"), _("You represent: {group}")])
    return _letter(
        event, facts, _("Reminder: {title}, {when}"), [told, where, _("Please answer by {deadline}."), "{link}"]
    )


def survey_reminder_letter(event: Event, facts: Facts) -> Letter:
    """Ask those who have not sent the survey to do so; {begun} says to who has begun it that it is kept."""
    told = _("We would be glad of your answers to the survey before “{title}”, {when}. It is on your page:")
    return _letter(event, facts, _("The survey before: {title}, {when}"), ["{begun}", told, "{link}"])


def begun_words() -> str:
    """What a reminder of the survey says to who has begun it."""
    return _("You have begun to answer the survey. What you have written is kept; it counts when you have sent it.")


def _letter(event: Event, facts: Facts, subject: str, paragraphs: list[str]) -> Letter:
    closing = [_("More information: {contacts}"), _("Kind regards") + "\n{convener}"]
    return Letter(subject, "\n\n".join(filter(None, [_("Dear {name}"), *paragraphs, *closing])))
