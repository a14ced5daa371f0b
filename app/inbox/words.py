"""Says in words what a mail says, what became of it and why."""

from __future__ import annotations

from app.inbox.models import IncomingMail
from app.language import gettext as _

SHAPES = {"accepted": "yes", "declined": "no", "tentative": "maybe", "delegated": "substitute"}


def says(mail: IncomingMail) -> tuple[str, str]:
    """The shape and the words of what a mail says, in short."""
    if mail.kind == "bounce":
        passing = mail.verdict in ("delayed", "delivered")
        return ("waiting", _("is on its way or delayed")) if passing else ("failed", _("came back"))
    if mail.kind == "counter":
        return "maybe", _("proposes another time")
    if mail.kind == "reply":
        words = {
            "accepted": _("is coming"),
            "declined": _("is not coming"),
            "tentative": _("comes perhaps"),
            "delegated": _("hands the invitation on"),
            "needs-action": _("has not decided"),
        }
        return SHAPES.get(mail.status or "", "warn"), words.get(mail.status or "", _("an answer that cannot be read"))
    return ("silent", _("answers by itself")) if mail.kind == "automatic" else ("waiting", _("a letter"))


def why(verdict: str | None, reason: str | None) -> str:
    """What was made of a mail and for which reason, as one sentence."""
    return _answers().get((verdict, reason)) or _others().get((verdict, reason)) or _("This mail cannot be read.")


def _answers() -> dict[tuple[str, str], str]:
    return {
        ("accepted", "first"): _("Taken as the answer."),
        ("accepted", "changed"): _("Taken: it changes an earlier answer."),
        ("same", "stands"): _("Says what stands already."),
        ("older", "newer_stands"): _("A later answer stands."),
        ("stale", "sequence"): _("Answers an earlier time or place; both have changed since."),
        ("forged", "authentication"): _("The sender's mail server did not send this: it may be forged."),
        ("unverified", "sender"): _("Somebody else sent this answer, in the invitee's name."),
        ("unverified", "no_sender"): _("It does not say who sent it."),
        ("unverified", "authentication"): _("Our mail server cannot tell whether it comes from its sender."),
        ("uninvited", "unknown_uid"): _("It answers an invitation that is none of ours."),
        ("uninvited", "attendee"): _("It comes from an address to which no such invitation went."),
        ("cancelled", "cancelled"): _("The invitation has been cancelled."),
        ("cancelled", "withdrawn"): _("This substitute is not needed any more."),
        ("late", "deadline"): _("It came after the last day for answers."),
        ("late", "begun"): _("It came after the event had begun."),
        ("unclear", "clocks"): _("Another answer was given within minutes of it: nobody can tell which was the last."),
        ("unclear", "substitute"): _("They had named somebody to come in their place."),
        ("delegated", "delegated"): _("Somebody is to come in their place."),
        ("counter", "proposes"): _("They ask for another time."),
        ("not_an_answer", "needs_action"): _("They have opened it, and not decided yet."),
    }


def _others() -> dict[tuple[str, str], str]:
    return {
        ("not_an_answer", "letter"): _("Somebody has written. If it is an answer, write it down for them."),
        ("not_an_answer", "automatic"): _("A program has written, not a person."),
        ("not_an_answer", "calendar"): _("A calendar's mail that asks nothing of us."),
        ("not_an_answer", "refresh"): _("Their calendar asks for the entry again: send the invitation once more."),
        ("undeliverable", "refused"): _("The address does not take mail. Look for another one, or call."),
        ("delayed", "passing"): _("The other mail server tries again; nothing needs to be done."),
        ("delivered", "report"): _("It was delivered."),
        ("forged", "no_return_address"): _("A report about a mail that we did not send."),
        ("unreadable", "report"): _("A mail came back, and its report does not say why."),
        ("unreadable", "cut_off"): _("The calendar's answer breaks off in the middle."),
        ("unreadable", "no_attendee"): _("The calendar's answer does not say whose it is."),
        ("unreadable", "status"): _("The calendar's answer says neither yes nor no."),
        ("unreadable", "unfetchable"): _("The mail server breaks off at this mail. Look at it in the mailbox itself."),
        ("unreadable", "secret"): _("The installation's secret was changed after this mail came."),
    }


def problem_words(code: str) -> str:
    """Why the mailbox cannot be read, as a sentence."""
    return {
        "unset": _("No mailbox is set: answers from calendars do not come here."),
        "unreachable": _("The mailbox's server cannot be reached. What has arrived since is not here yet."),
        "timeout": _("The mailbox's server did not answer in time. It is asked again by itself."),
        "disconnected": _("The mailbox's server hung up. It is asked again by itself."),
        "insecure": _("The mailbox's server has no valid certificate, so it is not read. Tell whoever keeps Koolle."),
        "refused": _(
            "The mailbox's server refuses the user name, the password or the folder. Tell whoever keeps Koolle."
        ),
    }.get(code, code)
