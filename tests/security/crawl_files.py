"""Files and mails whose names, headings, cells and texts are words of somebody's choice."""

from __future__ import annotations

import csv
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO, StringIO

from openpyxl import Workbook

from app.forms import clean_line
from tests.attendance import report_files
from tests.files.test_measuring import WORD, archive
from tests.inbox import programs

MAPPED = ("name", "email", "organisation", "title", "unit", "group")  # what the columns of TABLE are
AINO = "aino.uusi@rm.example"


def row(words: str, address: str) -> list[str]:
    return [words, address, words, words, words, words]


def table(part: list[str]) -> list[list[str]]:
    """Headings, a row with all of a part, which is too long, and one for each of it, which is brought in."""
    words = clean_line(" ".join(part), 3_000)
    each = [row(clean_line(one, 200), f"aino{place}@rm.example") for place, one in enumerate(part)]
    return [[f"{words} {name}" for name in MAPPED], row(words, AINO), row(words, words), *each]


def files_of(part: list[str]) -> list[tuple[str, bytes]]:
    """Return files by name, of a part of the payloads: lists of people, reports of a meeting, documents, and what is
    none of them. A name keeps 255 letters, so that each has some of them."""
    words = clean_line(" ".join(part), 3_000)
    lines = StringIO()
    csv.writer(lines, delimiter=";").writerows(table(part))
    files = {
        "csv": lines.getvalue().encode(), "xlsx": _sheet(table(part), words),
        "vcf": "".join(map(_card, [words, *part])).encode(),
        "tsv": report_files.TEAMS_FLAT.replace("Otso Orava", words).encode(),
        "txt": report_files.ZOOM_UNIQUE.replace("Otso Orava", words.replace(",", "")).encode(),
        "pdf": f"%PDF-1.7\n{words}".encode(), "html": words.encode(),
        "docx": archive(WORD | {"word/comments.xml": words.encode()}),
    }  # fmt: skip
    return [(f"{name_of(part, place)}.{end}", files[end]) for place, end in enumerate(files)]


def name_of(part: list[str], place: int) -> str:
    """Return some of the payloads, others at each place."""
    at = place * 3 % len(part)
    return clean_line(" ".join((part + part)[at : at + 3]), 240)


def pasted_of(part: list[str]) -> list[str]:
    """Return what somebody may paste as names and addresses."""
    words = " ".join(part)
    return [words, f'"{words}" <{AINO}>; {words} <{words}>', "\n".join("\t".join(cells) for cells in table(part))]


def _sheet(rows: list[list[str]], words: str) -> bytes:
    book, written = Workbook(), BytesIO()
    book.active.title = "".join(letter for letter in clean_line(words, 28) if letter not in "[]:*?/\\") or "a"
    for row in rows:
        book.active.append([clean_line(cell, 2_000) for cell in row])
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s"  # no formula
    book.save(written)
    return written.getvalue()


def _card(words: str) -> str:
    said = clean_line(words, 2_000).translate({ord(one): f"\\{one}" for one in ",;\\"})
    named = [f"FN:{said}", f"N:{said};Aino", f"ORG:{said};{said}", f"TITLE:{said}", f"NOTE:{said}", f"URL:{said}"]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *named, f"EMAIL:{AINO}", "END:VCARD", ""])


def mails_of(words: str, uid: str) -> list[bytes]:
    """Return mails as they arrive: a letter, answers of calendars, one to nothing of ours, a report that one failed."""
    said = clean_line(words, 2_000)
    ical = said.translate({ord(one): f"\\{one}" for one in ",;\\"})
    sender = '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '" <otso@rm.example>'
    named = f';CN="{said.replace(chr(34), chr(39))}"'
    answers = [
        programs.calendar(uid=uid, comment=ical, parameters=named, event_more=f"LOCATION:{ical}"),
        programs.calendar(uid=uid, status="DECLINED", attendee=f"mailto:{said}", comment=ical),
        programs.calendar("COUNTER", uid=uid, comment=ical, parameters=named),
        programs.calendar(uid=said, comment=ical),
    ]
    letters = [_letter(sender, said, words)]
    letters += [_letter(sender, said, words, calendar) for calendar in answers]
    return [*letters, _letter("MAILER-DAEMON <>", said, f"Final-Recipient: rfc822;{said}\nStatus: 5.1.1\n{words}")]


def _letter(sender: str, subject: str, words: str, calendar: str = "") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message.set_content(words, cte="quoted-printable")
    message.add_alternative(f"<html><body>{words}</body></html>", subtype="html", cte="quoted-printable")
    if calendar:
        how = {"method": "REPLY", "charset": "UTF-8"}
        message.add_alternative(calendar.encode(), "text", "calendar", params=how)
    return f"From: {sender}\r\n".encode() + bytes(message)
