"""CPython CVE-2026-1299: a header that was handed over as it stood brought further headers into a mail.

Here a mail is written by the one policy that checks its headers, and none is handed over unchecked.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from app.mail.mime import header
from tests.posted import opened, posted

APP = Path(__file__).parents[2] / "app"
BREAKING = ["Kutsu\r\nBcc: kaino@evil.example", "Kutsu\nX: y", "Kutsu\rX: y", "Kutsu\r\n\r\n<p>", "Kutsu\n\n."]
UNCHECKED = re.compile(
    r"LiteralHeader|BytesGenerator|email\.generator|\bcompat32\b|email\.mime\.|email\.header import Header|MIMEText"
)


@pytest.mark.parametrize("value", BREAKING)
@pytest.mark.parametrize("name", ["Subject", "To", "From", "Message-ID", "Reply-To", "List-Unsubscribe"])
def test_a_header_of_two_lines_is_refused(name, value):
    with pytest.raises(ValueError):
        header(name, value)
    message = EmailMessage(policy=SMTP)
    with pytest.raises(ValueError):
        message[name] = value


def test_no_module_writes_a_header_otherwise():
    unchecked = [file.name for file in APP.rglob("*.py") if UNCHECKED.search(file.read_text())]
    assert unchecked == ["folding.py"]  # which writes a checked name in encoded words, all of it
    made = [one for file in APP.rglob("*.py") for one in re.findall(r"EmailMessage\([^)]*\)", file.read_text())]
    assert set(made) <= {"EmailMessage(policy=SMTP)", "EmailMessage()"} and "EmailMessage(policy=SMTP)" in made


def test_a_title_of_two_lines_is_one_in_a_subject(signed_in, session, settings, world):
    event = world.ids["event_id"]
    letter = {"language": "en", "subject": "Kutsu\r\nBcc: kaino@evil.example", "body": "{link}"}
    assert signed_in.post(f"/events/{event}/invitation/letter", data=letter).status_code == 303
    assert signed_in.post(f"/events/{event}/invitation/letter/test").status_code == 303
    mails = [opened(settings, one) for one in posted(session, settings) if one.to_address == "helmi@koolle.example"]
    assert [mail["Bcc"] for mail in mails] == [None]
    assert {name.lower() for name in mails[0].keys()} <= {
        "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-language",
        "auto-submitted", "content-transfer-encoding", "reply-to",
    }  # fmt: skip
