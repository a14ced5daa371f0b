"""What a calendar sent: the method of its object, and the one event in it (RFC 5545, RFC 5546 section 3.2). Pure.

Read line by line with icalendar's own lines, not as its tree: real answers break off within their time zone, name zones
that nobody knows, or have thousands of lines, and what is asked of them is a handful.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.forms import clean_line, clean_text
from app.inbox.headers import Unreadable, plain_address

MOST_LETTERS = 250_000
MOST_LINES = 5_000
MOST_IN_LINE = 20_000
MOST_DEEP = 5
MOST_ATTENDEES = 20
WANTED = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "ATTENDEE", "COMMENT"}
STATUSES = ("accepted", "declined", "tentative", "delegated", "needs-action")
UNFOLD = re.compile(r"\r?\n[ \t]")
LINES = re.compile(r"\r\n|\n|\r")  # U+2028 and its like are letters of a value
NAME = re.compile(r"\s*([A-Za-z-]+)")
INSTANT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True)
class Attendee:
    """One who was asked, in their calendar's words; status is PARTSTAT in lower case."""

    address: str
    status: str
    name: str = ""
    comment: str = ""
    delegated_to: str | None = None
    delegated_from: str | None = None


@dataclass(frozen=True)
class CalendarPart:
    """One iTIP object. stamped_at is aware; starts and ends have the zone that they name, or none. whole is False where
    the text breaks off within the event."""

    method: str
    uid: str | None = None
    sequence: int = 0
    stamped_at: datetime | None = None
    attendees: tuple[Attendee, ...] = ()
    comment: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    whole: bool = False


@dataclass
class _Reading:
    method: str = ""
    values: dict[str, str] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    attendees: list[Attendee] = field(default_factory=list)
    events: int = 0
    whole: bool = False


def calendar_part(text: str, method: str = "") -> CalendarPart:
    """Read an object; method is the media type's parameter, for one that has none of its own.

    Raises Unreadable with `empty`, `nested`, `no_event` or `several`.
    """
    if not text.strip():
        raise Unreadable("empty")
    read = _Reading()
    within: list[str] = []
    for line in LINES.split(UNFOLD.sub("", text[:MOST_LETTERS]))[:MOST_LINES]:
        found = NAME.match(line[:100])
        name = found[1].upper() if found else ""
        if name == "BEGIN":
            within.append(line.partition(":")[2].strip().upper())
            read.events += within == ["VCALENDAR", "VEVENT"]
            if len(within) > MOST_DEEP:
                raise Unreadable("nested")
        elif name == "END" and within:
            read.whole |= within == ["VCALENDAR", "VEVENT"]
            within.pop()
        elif name == "METHOD" and within == ["VCALENDAR"]:
            read.method = line.partition(":")[2].strip().upper()
        elif name in WANTED and within == ["VCALENDAR", "VEVENT"]:
            _take(read, name, line[:MOST_IN_LINE])
    if not read.events:
        raise Unreadable("no_event")
    uids = read.values.get("UID", "").split("\n")
    if len(set(uids)) > 1:
        raise Unreadable("several")
    sequence = read.values.get("SEQUENCE", "0").partition("\n")[0]
    own = next((one.comment for one in read.attendees if one.comment), "")
    return CalendarPart(
        method=read.method or method.upper(), uid=uids[0] or None, attendees=tuple(read.attendees),
        sequence=int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0,
        stamped_at=_aware(read.times.get("DTSTAMP")), comment=_comment(read.values.get("COMMENT", "")) or own,
        starts=read.times.get("DTSTART"), ends=read.times.get("DTEND"), whole=read.whole,
    )  # fmt: skip


def _take(read: _Reading, name: str, line: str) -> None:
    try:
        _name, parameters, value = Contentline(line).raw_parts()
    except (ValueError, AssertionError, IndexError):
        return
    given = {key.upper(): _first(one) for key, one in parameters.items()}
    if name == "ATTENDEE":
        if len(read.attendees) < MOST_ATTENDEES and (address := mail_address(value)):
            read.attendees.append(_attendee(address, given))
    elif name in ("DTSTAMP", "DTSTART", "DTEND"):
        read.times.setdefault(name, _time(value.strip(), given.get("TZID", "")))
    elif name == "UID":
        known = read.values.get("UID", "")
        read.values["UID"] = f"{known}\n{clean_line(unescaped(value), MOST_IN_LINE)}".strip()
    else:
        read.values.setdefault(name, value.strip())


def _attendee(address: str, given: dict[str, str]) -> Attendee:
    status = clean_line(given.get("PARTSTAT", "needs-action"), 40).lower()
    return Attendee(
        address=address, status=status, name=clean_line(given.get("CN", "")),
        comment=clean_text(html.unescape(given.get("X-RESPONSE-COMMENT", "")))[:2_000].strip(),
        delegated_to=mail_address(given.get("DELEGATED-TO", "")),
        delegated_from=mail_address(given.get("DELEGATED-FROM", "")),
    )  # fmt: skip


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list | tuple) and value else str(value)


def mail_address(uri: str) -> str | None:
    """Return the address of a mailto URI (RFC 6068) in lower case, also of a bare one; None for another kind."""
    text = uri.strip().strip('"')
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].partition("?")[0])
    found = plain_address(text)
    return found if found == text.strip().lower() else None


def unescaped(text: str) -> str:
    r"""Return a TEXT value as it was written, in one pass: `\\n` is a backslash and an n (RFC 5545 section 3.3.11)."""
    return re.sub(r"\\(.)", lambda it: "\n" if it[1] in "nN" else it[1], text, flags=re.DOTALL)


def _comment(raw: str) -> str:
    return clean_text(unescaped(raw))[:2_000].strip()


def _time(text: str, zone: str) -> datetime | None:
    found = INSTANT.fullmatch(text)
    try:
        at = datetime.strptime(f"{found[1]}{found[2] or '000000'}", "%Y%m%d%H%M%S") if found else None
    except ValueError:
        return None
    if at is None or not 1900 <= at.year < 2200:
        return None
    return at.replace(tzinfo=UTC if found[3] else _zone(zone))


def _zone(name: str) -> tzinfo | None:
    name = name.strip().strip('"')
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name)) if name else None
    except (ValueError, LookupError, OSError):  # no zone, or no name of a file
        return None


def _aware(at: datetime | None) -> datetime | None:
    """DTSTAMP is in UTC (section 3.8.7.2); one that forgets to say so is too."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
