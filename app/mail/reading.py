"""Opens a kept mail as its recipient sees it: headers, text, HTML, calendar in words, attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP

from icalendar import Calendar

from app.mail.models import OutgoingMail
from app.mail.sealing import unseal
from app.settings import Settings

LOOPBACK = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+(?=/i/)")


@dataclass(frozen=True)
class Attached:
    """One attachment; size in bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar reads from a mail, as its own words and times."""

    method: str
    summary: str
    start: datetime
    end: datetime | None
    location: str
    description: str
    url: str
    organiser: str
    attendee: str
    uid: str
    sequence: int


@dataclass(frozen=True)
class OpenedMail:
    """calendar is the entry's own text (RFC 5545), empty where the mail has none; raw is all of it as it left."""

    sender: str
    recipient: str
    written_at: datetime
    automatic: bool
    text: str
    html: str
    entry: CalendarEntry | None
    calendar: str
    attachments: list[Attached]
    raw: str


def _words(message: EmailMessage, name: str) -> str:
    """Return a header as it reads; of a name that lost its quotes once, the standard library makes none at all."""
    raw = next((value for known, value in message.raw_items() if known.lower() == name), "")
    return str(make_header(decode_header("".join(raw.splitlines()))))


def open_mail(settings: Settings, mail: OutgoingMail) -> OpenedMail:
    """Unseal and read a mail; raises Unreadable."""
    content = unseal(settings.secret, mail.content, mail.message_id)
    message = message_from_bytes(content, policy=SMTP)
    calendar = _with_links_here(settings, _calendar(message))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return OpenedMail(
        sender=_words(message, "from"),
        recipient=_words(message, "to"),
        written_at=message["Date"].datetime,
        automatic="Auto-Submitted" in message,
        text=_with_links_here(settings, plain.get_content()) if plain else "",
        html=_with_links_here(settings, html.get_content()) if html else "",
        entry=_entry(calendar) if calendar else None,
        calendar=calendar,
        attachments=[_attached(part) for part in message.iter_attachments()],
        raw=content.decode("utf-8", "replace"),
    )


def _with_links_here(settings: Settings, text: str) -> str:
    """The demo may be started at another port than when the mail was written; its links then lead here all the same."""
    return LOOPBACK.sub(settings.base_url, text)


def _attached(part: EmailMessage) -> Attached:
    return Attached(part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True))


def _calendar(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_payload(decode=True).decode()
    return ""


def _entry(text: str) -> CalendarEntry:
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    words = {name: str(event.get(name, "")) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "UID")}
    return CalendarEntry(
        method=str(calendar["METHOD"]), summary=words["SUMMARY"], start=event.start,
        end=event.end if "DTEND" in event else None, location=words["LOCATION"], description=words["DESCRIPTION"],
        url=words["URL"], organiser=str(event.get("ORGANIZER", "")).removeprefix("mailto:"),
        attendee=str(event.get("ATTENDEE", "")).removeprefix("mailto:"), uid=words["UID"],
        sequence=int(event["SEQUENCE"]),
    )  # fmt: skip
