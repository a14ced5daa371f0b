"""A mail as it leaves: its parts, its headers, and what cannot get into them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.utils import getaddresses

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from app.forms import clean_line
from app.mail.compose import compose, new_message_id
from app.mail.mime import header
from app.mail.models import OutgoingMail
from app.mail.reading import open_mail
from app.mail.sealing import seal
from tests.conftest import NOW

CONTEXT = {
    "name": "Otso Oksa", "substitute": "Lumi Laine", "title": "Iltapäivä", "when": "torstaina", "url": "https://k.example/i/x",
    "contacts": [("Saima Salo", "saima@rm.example")],
}  # fmt: skip


def written(settings, *, to_name="Otso Oksa", to_address="otso@rm.example", context=CONTEXT, **more):
    message = compose(
        settings, letter="substitute", language="fi", to_name=to_name, to_address=to_address,
        message_id="<1@koolle.example>", at=NOW, context=context, **more,
    )  # fmt: skip
    return message_from_bytes(bytes(message), policy=policy.SMTP)


def shape(message) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_the_parts_of_each_kind_of_mail(settings):
    pdf = ("muistio.pdf", "application/pdf", b"%PDF")
    alternative = ["multipart/alternative", "text/plain", "text/html"]
    assert shape(written(settings)) == alternative
    assert shape(written(settings, attachments=[pdf])) == ["multipart/mixed", *alternative, "application/pdf"]
    assert shape(written(settings, calendar=b"BEGIN:VCALENDAR\r\n", attachments=[pdf])) == [
        "multipart/mixed", *alternative, "text/calendar", "application/ics", "application/pdf",
    ]  # fmt: skip


def test_headers_say_from_whom_to_whom_when_and_which(settings):
    message = written(settings, automatic=True)
    assert {name: str(message[name]) for name in ("From", "To", "Date", "Message-ID", "Auto-Submitted")} == {
        "From": "Sihteeristö <sihteeristo@koolle.example>",
        "To": "Otso Oksa <otso@rm.example>",
        "Date": "Tue, 01 Sep 2026 09:00:00 +0000",
        "Message-ID": "<1@koolle.example>",
        "Auto-Submitted": "auto-generated",
    }
    assert message["Content-Language"] == "fi"
    assert written(settings)["Auto-Submitted"] is None


def test_the_calendar_part_is_the_same_bytes_and_no_attachment(settings):
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Ä–ö\r\nEND:VCALENDAR\r\n".encode()
    message = written(settings, calendar=calendar)
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    [file] = [part for part in message.walk() if part.get_content_type() == "application/ics"]
    assert part.get_payload(decode=True) == file.get_payload(decode=True) == calendar
    assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "UTF-8")
    assert part["Content-Disposition"] is None
    assert file.get_filename() == "invite.ics"


NAMES = ["A\r\nBcc: kaino@evil.example", "A\nB", 'Oksa, "Otso" <kaino@evil.example>', "Ä" * 300, "\u2028A\u202eB", ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_a_name(settings, name):
    message = written(settings, to_name=name, context=CONTEXT | {"substitute": name, "title": name})
    assert [address.addr_spec for address in message["To"].addresses] == ["otso@rm.example"]
    assert message["Bcc"] is None
    assert all(len(line) < 999 and line.isascii() for line in bytes(message).split(b"\r\n"))


LONG = [
    f"Oksa, Otso <kaino@evil.example>, {'Otso ' * 20}", f"{'Otso ' * 20}, <kaino@evil.example>",
    f"Ö, <k@x.example>; {'ö: ' * 60}",
    "otso: " * 20 + ";", '"' * 90, "a\\" * 60, "(" * 90, "Otso" * 50,
]  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_long_name_is_one_person_to_every_reader(settings, name):
    """Folded, a name once lost its quotes: its comma parted addresses, and the mailbox could not be opened."""
    head = header("Reply-To", Address(clean_line(name), addr_spec="otso@rm.example"))
    for read in (written(settings, to_name=name)["To"], message_from_bytes(head, policy=policy.SMTP)["Reply-To"]):
        assert [one.addr_spec for one in read.addresses] == ["otso@rm.example"]
    [(words, address)] = getaddresses([head.decode().partition(":")[2]])
    assert (str(make_header(decode_header(words))), address) == (clean_line(name), "otso@rm.example")
    assert all(len(line) <= 78 and line.isascii() for line in head.split(b"\r\n"))


NO_ADDRESSES = ["", "otso", "otso@rm.example\r\nRCPT TO:<x@y.example>", "a@b@c.example", "<o@rm.example>"]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused(settings, address):
    with pytest.raises(ValueError):
        written(settings, to_address=address)


def test_message_ids_are_our_own_and_unique(settings):
    first, second = new_message_id(settings), new_message_id(settings)
    assert first != second
    assert first.endswith("@koolle.example>")


def test_a_mail_whose_recipient_lost_its_quotes_is_opened_all_the_same(settings):
    """As such mails were written before: of `java script:` the standard library makes a group, and fails."""
    raw = b"To: java script:ran(3) <b> <i href='x' a:b> <otso@rm.example>\r\nFrom: a@x.example\r\n"
    raw += b"Date: 1 Sep 2026 12:00:00 +0000\r\n\r\nx"
    kept = OutgoingMail(message_id="<1@x>")
    set_committed_value(kept, "content", seal(settings.secret, raw, "<1@x>"))
    assert open_mail(settings, kept).recipient == "java script:ran(3) <b> <i href='x' a:b> <otso@rm.example>"
