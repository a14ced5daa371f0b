"""Nothing of an address becomes a command (the SMTP injection of many a library), and what is none is refused."""

from __future__ import annotations

import pytest

from app.mail.retrying import Attempt
from tests.mail.servers import heard
from tests.mail.test_smtp import OTSO, deliver

INJECTIONS = [
    "otso@rm.example>\r\nRCPT TO:<kaino@evil.example",
    "otso@rm.example\r\nDATA",
    "otso\r\n@rm.example",
    "otso@rm.example\n",
    "otso@rm.example\r",
    "otso@rm\x00.example",
    "otso@rm.example\u2028RCPT TO:<kaino@evil.example>",
    "otso\u2029@rm.example",
    "otso\x85@rm.example",
    "otso\x0b@rm.example",
    "otso\u202e@rm.example",
    "otso\ud800@rm.example",
    "otso @rm.example",
    "otso\u00a0@rm.example",
    "otso@rm.example> SIZE=1",
    "<otso@rm.example>",
    "otso@rm.example,kaino@evil.example",
    "@evil.example:otso@rm.example",
    "otso@evil.example@rm.example",
    '"otso oksa"@rm.example',
    "otso(kaino)@rm.example",
    "otso@[127.0.0.1]",
    "otso@rm..example",
    "otso@.example",
    "otso@\u2025rm.example",
    "a" * 65 + "@rm.example",
    "otso@" + "a" * 250 + ".example",
    "otso@ä" + "a" * 63 + ".example",
    "otso",
    "@rm.example",
    "otso@",
    "",
]


@pytest.mark.parametrize("address", INJECTIONS, ids=range(len(INJECTIONS)))
def test_what_is_no_address_never_reaches_the_line(address):
    server, lines = heard("SMTPUTF8")
    with server as url:
        assert deliver(url, recipient=address) == Attempt("mail", None, "no_address")
        if address:  # an empty sender is one: nobody is to be told of a failure
            assert deliver(url, sender=address) == Attempt("mail", None, "no_sender")
    assert lines == []


def test_a_mail_of_nobody():
    server, lines = heard()
    with server as url:
        assert deliver(url, sender="").code == 250
    assert lines[2:4] == ["MAIL FROM:<>", f"RCPT TO:<{OTSO}>"]
