"""Says in words how a mail is faring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import dates
from app.language import gettext as _
from app.language import spoken
from app.mail.models import OutgoingMail


@dataclass(frozen=True)
class MailStatus:
    """kind is a shape of `ui.status`; note says when, or why not; at is when it went, on the event's clock."""

    kind: str
    words: str
    note: str = ""
    at: datetime | None = None

    @property
    def in_a_cell(self) -> str:
        """The words with their note, but for when it went, which stands in a cell of its own."""
        return self.words if self.at or not self.note else f"{self.words}: {self.note}"


def mail_status(mail: OutgoingMail | None, zone: str, *, leaves: bool = True, held: bool = False) -> MailStatus | None:
    """Return how a mail is faring, in the zone's clock; leaves is False where there is no mail server to go to, held
    while none may leave."""
    if mail is None:
        return None
    if mail.state == "sent":
        at = dates.in_zone(mail.sent_at, zone)
        return MailStatus("sent", _("sent"), dates.day_and_clock(at, spoken()), at)
    if mail.state == "bounced":
        return MailStatus("failed", _("came back"), reason_words(mail.reply))
    if mail.state == "failed":
        return MailStatus("failed", _("not sent"), reason_words(mail.reply))
    if mail.state == "bounced":
        return MailStatus("failed", _("came back"), reason_words(mail.reply))
    if mail.state == "sending":
        return MailStatus("started", _("being sent"))
    if not leaves:
        return MailStatus("waiting", _("waits"), _("no mail server is set"))
    if held:
        return MailStatus("waiting", _("waits"), _("mails are held"))
    again = clock_words(mail.due_at, zone)
    if mail.state == "uncertain":
        return MailStatus("warn", _("perhaps sent"), _("tried again %(clock)s") % {"clock": again})
    if mail.attempts:
        reason = {"reason": reason_words(mail.reply), "clock": again}
        return MailStatus("waiting", _("delayed"), _("%(reason)s Tried again %(clock)s.") % reason)
    return MailStatus("waiting", _("leaves"), again)


def clock_words(instant, zone: str) -> str:
    """klo 13.00, as the clock of the zone shows an instant."""
    return dates.clock_word(spoken()) + dates.clock(dates.in_zone(instant, zone), spoken())


def reason_words(reply: str | None) -> str:
    """Return why a mail did not go, as a sentence: ours where it did not come so far, else the mail server's own."""
    ours = {
        "unreadable": _("The installation's secret was changed after the mail was written."),
        "unwritten": _("This mail could not be written. Correct the recipient's details, and send it again."),
        "no_room": _("There is too little room on the disk. What is left is for answers; make room, and mails leave."),
        "unreachable": _("The mail server cannot be reached."),
        "timeout": _("The mail server did not answer in time."),
        "disconnected": _("The mail server hung up."),
        "insecure": _("The mail server's certificate is not valid."),
        "unencrypted": _(
            "No encrypted connection to the mail server can be made, and mails hold personal links. They wait until"
            " whoever keeps this installation has seen to it."
        ),
        "no_sign_in": _("The mail server offers no way to sign in that Koolle knows."),
        "nonsense": _("The mail server answered in a way that cannot be understood."),
        "withdrawn": _("It was taken back before it left."),
        "no_address": _("This is not an e-mail address to which mail can be sent."),
        "no_sender": _("The sender's address of this installation is not valid."),
        "too_large": _("The mail is larger than the mail server takes. Send it without its attachments."),
        "needs_smtputf8": _("The address has letters that the mail server does not take. Ask for another address."),
    }
    if not reply:
        return ""
    return ours.get(reply) or _("The mail server answered: %(reply)s") % {"reply": reply}
