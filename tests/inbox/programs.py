"""Answers in the shapes in which calendar programs send them, and reports as mail servers do; all people invented."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP

UID = "1.abc@koolle.example"
OTSO = "otso.oksa@rm.example"
OURS = "sihteeristo@koolle.example"


def calendar(
    method="REPLY", uid=UID, attendee=f"mailto:{OTSO}", status="ACCEPTED", sequence=0, stamp="20260901T080000Z",
    comment="", parameters="", organizer=True, more="", event_more="",
) -> str:  # fmt: skip
    """An iTIP object, line ends as calendars write them."""
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Kalenteri//FI", "VERSION:2.0", f"METHOD:{method}", *more.splitlines(),
        "BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", "DTSTART:20260910T100000Z",
        "DTEND:20260910T120000Z", "SUMMARY:Verkostojen iltapäivä",
        *([f"ORGANIZER:mailto:{OURS}"] if organizer else []),
        f"ATTENDEE;PARTSTAT={status}{parameters}:{attendee}",
        *([f"COMMENT:{comment}"] if comment else []), *event_more.splitlines(), "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def mail(sender=f"Otso Oksa <{OTSO}>", subject="Hyväksytty: Verkostojen iltapäivä", **headers) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, OURS, subject
    message["Message-ID"] = f"<{abs(hash((sender, subject))) % 10**9}@rm.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def reply(sender=f"Otso Oksa <{OTSO}>", headers=None, **object_) -> bytes:
    """The plainest answer: text and calendar as alternatives."""
    message = mail(sender, **(headers or {}))
    message.set_content("Tulen mielelläni.")
    method = object_.get("method", "REPLY")
    message.add_alternative(
        calendar(**object_).encode(), "text", "calendar", params={"method": method, "charset": "UTF-8"}
    )
    return bytes(message)


def exchange(comment="Tulen junalla\\, jos se kulkee.\\n", status="ACCEPTED") -> bytes:
    """Exchange: base 64, no ORGANIZER, COMMENT with a language, Windows' zone, text in Windows' charset."""
    text = calendar(organizer=False, status=status, stamp="20260901T081500Z").replace(
        "SUMMARY:", f"COMMENT;LANGUAGE=fi-FI:{comment}\r\nSUMMARY;LANGUAGE=fi-FI:Hyväksytty: "
    )
    text = text.replace("DTSTART:20260910T100000Z", 'DTSTART;TZID="FLE Standard Time":20260910T130000')
    body = base64.encodebytes(text.encode()).decode()
    return (
        f"From: Otso Oksa <{OTSO}>\r\nTo: {OURS}\r\nSubject: =?windows-1252?Q?Hyv=E4ksytty:_Iltap=E4iv=E4?=\r\n"
        "Message-ID: <AM0@exchange.rm.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="_000_AM0_"\r\n\r\n'
        '--_000_AM0_\r\nContent-Type: text/plain; charset="windows-1252"\r\nContent-Transfer-Encoding: quoted-printable'
        "\r\n\r\nTulen mielell=E4ni.\r\n"
        '--_000_AM0_\r\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--_000_AM0_--\r\n"
    ).encode()


def google(comment="Hienoa &amp; &quot;kivaa&quot;", status="TENTATIVE") -> bytes:
    """Google: sent by its own machine, comment in a parameter with HTML's entities, a copy in base 64 beside it."""
    text = calendar(
        status=status, parameters=f';CN=Otso;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="{comment}"', stamp="20260901T082000Z"
    )
    message = mail(Auto_Submitted="auto-generated", Sender="Kalenteri <calendar-notification@calendar.example>")
    message.set_content("Ehkä.")
    message.add_alternative("<p>Ehkä.</p>", subtype="html")
    message.add_alternative(
        text.encode(), "text", "calendar", params={"method": "REPLY", "charset": "UTF-8"}, cte="8bit"
    )
    message.add_attachment(text.replace(status, "DECLINED").encode(), "application", "ics", filename="invite.ics")
    return bytes(message)


def apple(status="DECLINED") -> bytes:
    """Apple: nothing but text/calendar, MAILTO in capitals, another name than was invited."""
    text = calendar(attendee=f"MAILTO:{OTSO.upper()}", parameters=';CN="O. Oksa"', status=status)
    return (
        f"From: {OTSO}\r\nTo: {OURS}\r\nSubject: Verkostojen\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/calendar; component=VEVENT; charset=utf-8; method=REPLY\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}"
    ).encode()


def thunderbird(empty=False) -> bytes:
    """Thunderbird: mixed, text in the middle; at times the calendar part is empty."""
    message = mail(User_Agent="Mozilla Thunderbird")
    message.set_content("Otso Oksa tulee.")
    content = b"" if empty else calendar(comment="Nähdään").encode()
    message.add_attachment(content, "text", "calendar", params={"method": "REPLY"}, filename="invite.ics")
    return bytes(message)


def counter(cut=True) -> bytes:
    """Exchange's proposal of another time, which breaks off within its time zone."""
    zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:16010101T0"
    text = calendar(
        method="COUNTER", status="TENTATIVE", comment="Kävisikö tunti myöhemmin?",
    ).replace("DTSTART:20260910T100000Z", "DTSTART;TZID=Europe/Helsinki:20260910T140000").replace(
        "DTEND:20260910T120000Z", "DTEND;TZID=Europe/Helsinki:20260910T160000"
    )  # fmt: skip
    text = text.replace("END:VCALENDAR\r\n", zone if cut else "END:VCALENDAR\r\n")
    message = mail(subject="Uusi aikaehdotus")
    message.set_content("Kävisikö tunti myöhemmin?")
    message.add_alternative(text.encode(), "text", "calendar", params={"method": "COUNTER"}, cte="base64")
    return bytes(message)


def dsn(to, action="failed", status="5.1.1", said="smtp; 550 5.1.1 no such user here", original=b"") -> bytes:
    """A report of non-delivery as a mail server sends it (RFC 3464), to the envelope sender of what came back."""
    return (
        (
            f"Return-Path: <>\r\nDelivered-To: {to}\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.rm.example>\r\n"
            f"To: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
            "Message-ID: <b1@mx.rm.example>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="rr"\r\n\r\n'
            "--rr\r\nContent-Type: text/plain\r\n\r\nI am sorry to have to inform you.\r\n"
            "--rr\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.rm.example\r\n\r\n"
            f"Final-Recipient: rfc822; {OTSO}\r\nAction: {action}\r\nStatus: {status}\r\n"
            f"Diagnostic-Code: {said}\r\n\r\n"
            "--rr\r\nContent-Type: message/rfc822\r\n\r\n"
        ).encode()
        + (original or b"Subject: Kutsu\r\n\r\nTervetuloa\r\n")
        + b"\r\n--rr--\r\n"
    )


def qmail(to) -> bytes:
    """A report that keeps no standard."""
    return (
        f"Return-Path: <>\r\nDelivered-To: {to}\r\nFrom: MAILER-DAEMON@rm.example\r\nTo: {to}\r\n"
        "Subject: failure notice\r\n\r\n"
        "Hi. This is the qmail-send program at rm.example.\r\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
        f"<{OTSO}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\nSubject: Kutsu\r\n"
    ).encode()


def absence(to=OURS) -> bytes:
    message = mail(subject="Automaattinen vastaus: Kutsu", Auto_Submitted="auto-replied")
    message.replace_header("To", to)
    message.set_content("Olen lomalla 15.9. asti.")
    return bytes(message)


def letter() -> bytes:
    message = mail(subject="Re: Kutsu")
    message.set_content("Hei, pääsisinkö mukaan etänä?\n\nOtso")
    return bytes(message)
