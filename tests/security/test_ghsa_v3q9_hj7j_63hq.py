"""aiosmtplib GHSA-v3q9-hj7j-63hq: a line end in an address of the envelope began a command of its own.

Here an envelope's address is checked where it goes over the line, whoever hands it over and whatever the server offers.
"""

from __future__ import annotations

import pytest

from app.mail.conversation import Patience
from app.mail.smtp import MailServer
from tests.mail.servers import heard
from tests.security.corpora import BREAKING

SENDER, OTSO, MAIL = "sihteeristo@koolle.example", "otso@rm.example", b"Subject: Kutsu\r\n\r\nTervetuloa\r\n"
ENVELOPE = ["connected", "ehlo koolle.example", f"MAIL FROM:<{SENDER}>", f"RCPT TO:<{OTSO}>", "DATA", "message", "."]


@pytest.mark.parametrize("offers", ["", "SMTPUTF8,8BITMIME"])
def test_neither_recipient_nor_sender_can_begin_a_command(offers):
    server, lines = heard(offers)
    with server as url:
        way_out = MailServer(url, "koolle.example", Patience(connection=2, reply=2, dot=2, mail=5))
        told = [way_out.deliver(SENDER, address, MAIL).said for address in BREAKING]
        told_of_senders = [way_out.deliver(address, OTSO, MAIL).said for address in BREAKING]
        way_out.deliver(SENDER, OTSO, MAIL)
        way_out.close()
    assert (set(told), set(told_of_senders)) == ({"no_address"}, {"no_sender"})
    said = [line.partition(" BODY=")[0].partition(" SMTPUTF8")[0] for line in lines]
    assert said == [*ENVELOPE, "QUIT"]
