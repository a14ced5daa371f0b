"""Writes the mails of a mailing: a stencil once for each language, of which each recipient gets a copy.

Everything that is the same for many is written once: the letter as HTML and text, the frame around it, the calendar
entry. Where a recipient's own words go stand tokens, random for each process, that nobody can have typed; they are
filled in one pass, so that no name is read as a placeholder, and none as Markdown, HTML or a header.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime

from icalendar import vText
from icalendar.parser import Contentline
from markupsafe import escape

from app import dates
from app.forms import clean_line, sound_address
from app.invitations import ics
from app.invitations.letters import Letter, read_by
from app.invitations.placeholders import fill, without_empty
from app.language import speaking, spoken
from app.links.links import written_address
from app.mail.compose import letters
from app.mail.mime import assemble, calendar_parts, header, text_part
from app.mail.writing import Unwritten
from app.settings import Settings

PERSONAL = ("name", "group", "link", "instead_of", "begun", "uid")
OFTEN_EMPTY = ("group", "instead_of", "begun")
NONCE = f"q{secrets.token_hex(8)}"
TOKEN = re.compile(f"{NONCE}({'|'.join(PERSONAL)}){NONCE}")
ADDRESSEE = f"{NONCE}@koolle.invalid"
MOST_STENCILS = 64


@dataclass(frozen=True)
class Stencil:
    """text and html with tokens; head: the headers that are the same for all; lines of the calendar entry, unfolded
    where they hold a token; entry: what the ATTENDEE line is made of."""

    text: str
    html: str
    head: bytes
    method: str | None
    lines: tuple[str, ...]
    entry: ics.Entry | None


def write_with(settings: Settings) -> Callable[[Unwritten], bytes]:
    """Return what writes a mail of a mailing (`app.mail.writing`): the whole message as bytes (RFC 5322)."""
    kept: OrderedDict[tuple, Stencil] = OrderedDict()

    def write(mail: Unwritten) -> bytes:
        key = mail.mailing_id, mail.made_at, *_sort(mail)  # the id of a mailing that was deleted is given anew
        stencil = kept.get(key)
        if stencil is None:
            stencil = kept[key] = stencil_for(settings, mail)
            if len(kept) > MOST_STENCILS:
                kept.popitem(last=False)
        return copy_of(stencil, settings, mail)

    return write


def _sort(mail: Unwritten) -> tuple:
    """What tells which stencil a recipient's mail is a copy of."""
    own = mail.inputs
    empty = tuple(not own.get(word) for word in OFTEN_EMPTY)
    return own["language"], empty, own.get("sequence"), own.get("answered")


def stencil_for(settings: Settings, mail: Unwritten) -> Stencil:
    """Write the stencil of which a mail is a copy."""
    language = mail.inputs["language"]
    words = mail.frozen["words"][language]
    tokens = {word: f"{NONCE}{word}{NONCE}" for word in PERSONAL}
    tokens |= {word: "" for word in OFTEN_EMPTY if not mail.inputs.get(word)}
    with speaking(language):
        button = letters.get_template("mail/layout/pieces.html").module.button(tokens["link"], words["button"])
        reading = read_by(Letter(*mail.frozen["letters"][language]), words | tokens, button)
        context = {"reading": reading, "convener": words["convener"], "kind": mail.kind, **tokens}
        written = {
            part: letters.get_template(f"mail/invitation/{part}").render(context, locale=spoken())
            for part in ("body.txt", "body.html")
        }
    entry = entry_for(mail, words, tokens) if mail.frozen["method"] else None
    head = header("From", Address(clean_line(settings.mail_name), addr_spec=settings.mail_from))
    head += header("Date", format_datetime(mail.made_at)) + header("Content-Language", language)
    name, address = mail.frozen["reply_to"]
    if address != settings.mail_from and sound_address(address):  # people answer a person, calendars the ORGANIZER
        head += header("Reply-To", Address(clean_line(name), addr_spec=address))
    if mail.kind == "reminder":
        head += header("Auto-Submitted", "auto-generated")
    method = mail.frozen["method"]
    return Stencil(written["body.txt"].strip(), written["body.html"], head, method, _lines(entry, method), entry)


def copy_of(stencil: Stencil, settings: Settings, mail: Unwritten) -> bytes:
    """Return one recipient's copy. Raises ValueError for an address that cannot be one."""
    if not sound_address(mail.to_address):
        raise ValueError("not an e-mail address")
    own = mail.inputs
    values = {word: str(own.get(word) or "") for word in PERSONAL}
    values["link"] = written_address(settings, "invitation", own["public_id"], own["version"], own.get("kid", 0))
    escaped = {word: str(escape(value)) for word, value in values.items()}
    head = stencil.head + header("To", Address(clean_line(mail.to_name), addr_spec=mail.to_address))
    head += header("Subject", mail.subject) + f"Message-ID: {mail.message_id}\r\n".encode()
    if own.get("follows"):
        head += f"In-Reply-To: {own['follows']}\r\nReferences: {own['follows']}\r\n".encode()
    alternatives = [
        text_part("plain", _filled(stencil.text, values)),
        text_part("html", _filled(stencil.html, escaped)),
    ]
    if stencil.entry is None or stencil.method is None:
        return assemble(head, mail.message_id, alternatives, [])
    calendar, attached = calendar_parts(_calendar(stencil, mail, values), stencil.method)
    return assemble(head, mail.message_id, [*alternatives, calendar], [attached])


def _filled(text: str, values: Mapping[str, str]) -> str:
    return TOKEN.sub(lambda match: values[match[1]], text)


# --- the calendar entry ---


def entry_for(mail: Unwritten, words: Mapping[str, str], tokens: Mapping[str, str]) -> ics.Entry:
    """Return the calendar entry of a mail, its personal words as they are given in tokens."""
    told, own = mail.frozen["event"], mail.inputs
    starts, ends, zone = told["when"]
    start = dates.place_in_zone(datetime.fromisoformat(starts), zone)
    return ics.Entry(
        uid=tokens["uid"], sequence=own["sequence"], stamp=mail.made_at, start=start,
        end=dates.place_in_zone(datetime.fromisoformat(ends), zone, start) if ends else None, zone=zone,
        summary=told["title"], location=told["place"] or told["online"] or "",
        description=fill(without_empty(words["description"], tokens), tokens),
        url="" if mail.frozen["method"] == "CANCEL" else tokens["link"],
        organiser_name=mail.frozen["organiser"][0], organiser_address=mail.frozen["organiser"][1],
        attendee_name=ADDRESSEE, attendee_address=ADDRESSEE, answered=own.get("answered"),
    )  # fmt: skip


def _lines(entry: ics.Entry | None, method: str | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    calendar = ics.cancel(entry) if method == "CANCEL" else ics.request(entry)
    return tuple(calendar.decode().replace("\r\n ", "").split("\r\n"))


def _calendar(stencil: Stencil, mail: Unwritten, values: Mapping[str, str]) -> bytes:
    escaped = {word: vText(value).to_ical().decode() for word, value in values.items()}
    lines = []
    for line in stencil.lines:
        if ADDRESSEE in line:
            attendee = ics.attendee(ics.addressed(stencil.entry, mail.to_name, mail.to_address))
            lines.append(Contentline.from_parts("ATTENDEE", attendee.params, attendee).to_ical())
        else:
            filled = _filled(line, escaped) if NONCE in line else line
            lines.append(Contentline(filled).to_ical() if len(filled) > 36 else filled.encode())
    return b"\r\n".join(lines)
