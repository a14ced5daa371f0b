"""Mails that are made to take long, to take much, or to be misread."""

from __future__ import annotations

from tests.inbox import programs
from tests.inbox.programs import OTSO, OURS

HEAD = f"From: {OTSO}\r\nTo: {OURS}\r\nMIME-Version: 1.0\r\n".encode()
REPLY = HEAD + b"Content-Type: text/calendar; method=REPLY\r\n\r\n"


def _nested(depth: int) -> bytes:
    opening = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return HEAD + opening + b"\r\nx\r\n" * 10_000


def _calendar(more: str) -> bytes:
    return REPLY + programs.calendar(event_more=more).encode()


HOSTILE = {
    "nothing": b"",
    "blanks": b" \r\n\t\r\n",
    "no headers": b"\r\n\r\n",
    "zeros": bytes(2_000_000),
    "noise": bytes(range(256)) * 8_000,
    "one line": HEAD + b"X: " + b"a" * 2_000_000,
    "many headers": b"".join(b"X-%d: y\r\n" % n for n in range(150_000)),
    "many recipients": b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx",
    "comments": b"From: " + b"(" * 100_000 + b"\r\n\r\nx",
    "quotes": b'From: "' + b'\\"' * 100_000 + b"\r\n\r\nx",
    "encoded": b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n\r\nx",
    "encoded halves": b"Subject: =?utf-7?q?+2AA-?=\r\nFrom: =?utf-16?b?2AA=?= <a@b.example>\r\n\r\nx",
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" + b"z" * 500_000,
    "no letters": HEAD + b"Content-Type: text/plain; charset=zip_codec\r\n\r\nx",
    "base64": HEAD + b"Content-Transfer-Encoding: base64\r\nContent-Type: text/calendar\r\n\r\n" + b"=" * 1_000_000,
    "nested": _nested(24),
    "deep": _nested(2_000),
    "mails in mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "many parts": HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 100_000,
    "boundaries": HEAD + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n' + b"---\r\n" * 300_000,
    "parameters": HEAD + b"Content-Type: text/calendar" + b"; a*0=b" * 100_000 + b"\r\n\r\nx",
    "attendees": _calendar("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n" * 50_000),
    "uids": _calendar("UID:x\r\n" * 100_000),
    "folded": _calendar("COMMENT:" + "a\r\n " * 400_000),
    "comment": _calendar("COMMENT:" + "\\\\n" * 500_000),
    "one parameter": _calendar('ATTENDEE;CN="' + ";" * 1_000_000 + '":mailto:a@b.example'),
    "parameters of an attendee": _calendar("ATTENDEE" + ";X=1" * 250_000 + ":mailto:a@b.example"),
    "components": REPLY + b"BEGIN:VCALENDAR\r\n" * 100_000,
    "siblings": REPLY + b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n" * 50_000,
    "controls": _calendar("UID:a\0b\r\nCOMMENT:\0\x0b\u2028\r\nATTENDEE;PARTSTAT=\0:mailto:\0@b.example"),
    "repeat": _calendar("BEGIN:VALARM\r\nREPEAT:2147483647\r\nDURATION:PT1S\r\nEND:VALARM"),
    "rules": _calendar("RRULE:FREQ=SECONDLY\r\nDTSTART;TZID=../../etc/passwd:99999999T999999"),
    "zone": REPLY + programs.calendar().replace("DTSTART:", f"DTSTART;TZID={'a' * 9_000}:").encode(),
    "blocks": programs.dsn(OURS).replace(b"Final-Recipient", b"Action: failed\r\n\r\n" * 50_000 + b"Final-Recipient"),
    "diagnostic": programs.dsn(OURS, said="smtp; " + "5.1.1 " * 200_000),
    "report of machines": b"From: mailer-daemon@rm.example\r\n\r\n" + b"<a@b.example>:\r\n" * 100_000,
    "results": HEAD + b"Authentication-Results: " + b"a;dkim=pass (" * 100_000 + b"\r\n\r\nx",
    "macs": b"Return-Path: <>\r\n" + b"To: sihteeristo+b1.aaaaaaaaaaaaaaaa@koolle.example\r\n" * 30_000 + b"\r\nx",
}  # fmt: skip
