"""Reads a mail that arrived: an answer from a calendar, a report of non-delivery, a machine's mail, or a letter. Pure.

What real programs send: Exchange and Outlook answer without ORGANIZER, in base 64, the words in Windows' charsets;
Google twice over (text/calendar and a copy as application/ics) with the comment in a parameter; Apple as a bare
text/calendar with MAILTO in capitals; Thunderbird at times with an empty part (iMIP, RFC 6047).
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from app.inbox.authentication import authentication
from app.inbox.bounces import Report, answers_by_itself, report_of
from app.inbox.calendars import Attendee, CalendarPart, calendar_part
from app.inbox.headers import Unreadable, header, leaves, opened, part_text, sender_name, sender_of, text_of
from app.settings import Settings

MOST_IN_CALENDAR = 1_000_000
KINDS = {"REPLY": "reply", "COUNTER": "counter"}


@dataclass(frozen=True)
class Mail:
    """kind is reply, counter, bounce, automatic or other.

    sender is the one address of From in lower case; authentication is pass, fail or none. calendar is there for what a
    calendar sent, of which attendee is the one who answers; report is there for a bounce. problem is a code of why
    the mail cannot be read. text is what it says, for the secretary to read.
    """

    kind: str
    message_id: str = ""
    subject: str = ""
    sender: str | None = None
    sender_name: str = ""
    authentication: str = "none"
    calendar: CalendarPart | None = None
    attendee: Attendee | None = None
    report: Report | None = None
    problem: str | None = None
    text: str = ""

    @property
    def uid(self) -> str | None:
        return self.calendar.uid if self.calendar else None

    @property
    def status(self) -> str | None:
        return self.attendee.status if self.attendee else None

    @property
    def said(self) -> str:
        """The comment beside an answer, or another mail server's words."""
        return self.report.said if self.report else self.calendar.comment if self.calendar else ""


def read_mail(content: bytes, settings: Settings) -> Mail:
    """Read any bytes as a mail (RFC 5322); raises nothing."""
    try:
        message = opened(content)
    except Unreadable as error:
        return Mail("other", problem=error.code)
    try:
        return _read(message, settings)
    except Exception:  # anybody may send anything; what no part of this foresaw is put aside, and the next is read
        return Mail("other", problem="crashed")


def _read(message: Message, settings: Settings) -> Mail:
    sender = sender_of(message)
    found = [str(value) for value in message.get_all("Authentication-Results", [])[:10]]
    head = {
        "message_id": header(message, "Message-ID")[:300],
        "subject": header(message, "Subject")[:300],
        "sender": sender,
        "sender_name": sender_name(message),
        "authentication": authentication(found, sender, settings.mail_authserv),
        "text": text_of(message),
    }
    report = report_of(message, settings)
    if report is not None:
        return Mail("bounce", report=report, **head)
    parts = calendar_parts(message)
    if parts:
        return _from_calendar(parts, sender, head)
    return Mail("automatic" if answers_by_itself(message) else "other", **head)


def calendar_parts(message: Message) -> list[Message]:
    """Return the parts of a mail that a calendar wrote, the one that says it is an answer first."""
    parts = [part for part in leaves(message) if part.get_content_type() in ("text/calendar", "application/ics")]
    parts += [
        part for part in leaves(message) if part not in parts and (part.get_filename() or "").lower().endswith(".ics")
    ]
    return sorted(parts, key=lambda part: (_method(part) not in KINDS, part.get_content_type() != "text/calendar"))


def _method(part: Message) -> str:
    method = part.get_param("method")
    return method.upper() if isinstance(method, str) else ""


def _from_calendar(parts: list[Message], sender: str | None, head: dict) -> Mail:
    """The first part that can be read; where none can, what the first one says of itself."""
    problem = None
    for part in parts[:3]:
        try:
            read = calendar_part(part_text(part, MOST_IN_CALENDAR), _method(part))
        except Unreadable as error:
            problem = problem or error.code
            continue
        return Mail(KINDS.get(read.method, "other"), calendar=read, attendee=answering(read, sender), **head)
    return Mail(KINDS.get(_method(parts[0]), "other"), problem=problem, **head)


def answering(read: CalendarPart, sender: str | None) -> Attendee | None:
    """Return who answers: the sender where they are named; else who hands it on, else the first."""
    own = [one for one in read.attendees if one.address == sender]
    delegating = [one for one in read.attendees if one.status == "delegated"]
    return next(iter([*own, *delegating, *read.attendees]), None)
