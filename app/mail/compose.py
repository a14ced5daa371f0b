"""Writes a mail as it leaves: text, HTML and, in an invitation, the calendar part (RFC 5322, RFC 2046, RFC 6047)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from jinja2 import select_autoescape

from app.forms import clean_line, sound_address
from app.language import speaking, spoken
from app.mail.folding import SMTP
from app.settings import Settings
from app.web import env

letters = env.overlay(autoescape=select_autoescape(["html"]))


def new_message_id(settings: Settings) -> str:
    """Return a new `<uuid@domain>`; a mail keeps its own through every attempt."""
    return f"<{uuid.uuid4()}@{domain(settings)}>"


def domain(settings: Settings) -> str:
    """The domain of our own address, in which Message-ID and UID are unique."""
    return settings.mail_from.rpartition("@")[2].lower()


def compose(
    settings: Settings, *, letter: str, language: str, to_name: str, to_address: str, message_id: str, at: datetime,
    context: Mapping[str, Any], calendar: bytes | None = None, method: str = "REQUEST",
    attachments: Iterable[tuple[str, str, bytes]] = (), automatic: bool = False,
) -> EmailMessage:  # fmt: skip
    """Return a message to one recipient from templates/mail/<letter>/{subject.txt,body.txt,body.html}.

    calendar is an iTIP object of that method; it stands both as the last alternative and as invite.ics, as clients
    expect. attachments are (file name, media type, content). automatic marks what no person wrote (RFC 3834 section 5).
    Raises ValueError for an address that cannot be one.
    """
    if not sound_address(to_address):
        raise ValueError("not an e-mail address")
    with speaking(language):
        told = {"locale": spoken(), **context}
        subject = clean_line(letters.get_template(f"mail/{letter}/subject.txt").render(told), 300)
        text = letters.get_template(f"mail/{letter}/body.txt").render(told)
        html = letters.get_template(f"mail/{letter}/body.html").render({"subject": subject, **told})
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(clean_line(settings.mail_name), addr_spec=settings.mail_from)
    message["To"] = Address(clean_line(to_name), addr_spec=to_address)
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    if automatic:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.strip() + "\n", cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar is not None:
        parameters = {"method": method, "charset": "UTF-8"}
        message.add_alternative(calendar, maintype="text", subtype="calendar", params=parameters)
        message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    for name, media_type, content in attachments:
        maintype, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=clean_line(name))
    message["Content-Language"] = language  # last: what is Content-… before goes into the first part
    return message
