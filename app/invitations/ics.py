"""A calendar entry as bytes: REQUEST for the one invitee who is asked, CANCEL when the event or their place is no more,
PUBLISH for the file they add themselves. Pure.

RFC 5545 (iCalendar), RFC 5546 (iTIP). Lines end in CRLF and fold at 75 octets; one VEVENT and one ATTENDEE, so that
no invitee learns of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import CUTYPE, PARTSTAT, ROLE

from app.invitations.timezones import vtimezone

PRODID = "-//Koolle//Convening//EN"
PLAIN = dict.fromkeys([*range(0x00, 0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029])


@dataclass(frozen=True)
class Entry:
    """One invitee's entry. start and end are aware, in `zone`; stamp is UTC. uid stays for life, sequence rises when
    the time or place changes (RFC 5546 section 2.1.4). description is plain text."""

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime | None
    zone: str
    summary: str
    location: str
    description: str
    url: str
    organiser_name: str
    organiser_address: str
    attendee_name: str
    attendee_address: str
    answered: str | None = None


def request(entry: Entry) -> bytes:
    """The asking of one invitee, to be answered, or what has changed since, which takes the place of what was."""
    return _calendar("REQUEST", entry, [attendee(entry)])


def cancel(entry: Entry) -> bytes:
    """The end of an entry in one invitee's calendar (RFC 5546 section 3.2.5); its sequence is one more than before."""
    return _calendar("CANCEL", entry, [attendee(entry)], status="CANCELLED")


def attendee(entry: Entry) -> vCalAddress:
    """The one who is asked."""
    status = {"accepted": PARTSTAT.ACCEPTED, "declined": PARTSTAT.DECLINED}
    status |= dict.fromkeys(("tentative", "waiting"), PARTSTAT.TENTATIVE)  # who waits for a seat would come
    return vCalAddress.new(
        entry.attendee_address, cn=_name(entry.attendee_name), cutype=CUTYPE.INDIVIDUAL, role=ROLE.REQ_PARTICIPANT,
        partstat=status.get(entry.answered or "", PARTSTAT.NEEDS_ACTION), rsvp=True,
    )  # fmt: skip


def addressed(entry: Entry, name: str, address: str) -> Entry:
    """The same entry for somebody else."""
    return replace(entry, attendee_name=name, attendee_address=address)


def publish(entry: Entry) -> bytes:
    """The same entry for a calendar that is to show it and ask nothing: it names no attendee."""
    return _calendar("PUBLISH", entry, [])


def _calendar(method: str, entry: Entry, attendees: list[vCalAddress], status: str = "CONFIRMED") -> bytes:
    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", PRODID), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    start, end = _time(entry.start), _time(entry.end) if entry.end else None
    if start.tzinfo is not UTC:
        calendar.add_component(vtimezone(entry.zone, entry.start, entry.end or entry.start))
    calendar.add_component(
        Event.new(
            uid=entry.uid, sequence=entry.sequence, stamp=entry.stamp.replace(microsecond=0), start=start, end=end,
            summary=_line(entry.summary), location=_line(entry.location) or None,
            description=entry.description.replace("\r\n", "\n").translate(PLAIN) or None, url=entry.url or None,
            status=status, transparency="TRANSPARENT" if status == "CANCELLED" else "OPAQUE", attendees=attendees,
            organizer=vCalAddress.new(entry.organiser_address, cn=_name(entry.organiser_name)),
        )
    )  # fmt: skip
    return calendar.to_ical()


def _time(value: datetime) -> datetime:
    """TZID cannot say which of two equal times is meant: the second one is written in UTC."""
    return value.astimezone(UTC) if value.fold else value


def _line(text: str) -> str:
    return " ".join(text.replace("\n", " ").translate(PLAIN).split())


def _name(text: str) -> str:
    """A parameter's value: its quotation marks would need RFC 6868, which Outlook does not read."""
    return _line(text).replace('"', "'")
