"""Nextcloud Calendar GHSA-8xv5-4855-24qf: a line end in an address became a command to the mail server.

Here no such address is kept, none is written to, and a mail server hears one sender, one recipient, one message.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.forms import clean_line, sound_address
from app.mail.conversation import Patience
from app.mail.envelope import mailbox
from app.mail.smtp import MailServer
from app.people.models import Person
from tests.mail.servers import heard
from tests.security.corpora import BREAKING

SENDER, OTSO = "sihteeristo@koolle.example", "otso@rm.example"


@pytest.mark.parametrize("address", BREAKING)
def test_it_is_no_address(address):
    assert not sound_address(address)
    with pytest.raises(ValueError):
        mailbox(address)


@pytest.mark.parametrize("address", BREAKING)
def test_it_is_not_kept(signed_in, session, address):
    form = {"given_name": "Otso", "family_name": "Oksa", "email": address}
    answer = signed_in.post("/people/new", data=form)
    kept = [email for email in session.scalars(select(Person.email)) if email]
    if answer.status_code == 303:  # what a form takes away, such as a lone return, leaves one plain address
        assert [sound_address(one) and one.isprintable() for one in kept] == [True]
    else:
        assert (answer.status_code, kept) == (422, [])


def test_a_server_hears_one_sender_one_recipient_one_message():
    server, lines = heard()
    with server as url:
        way_out = MailServer(url, "koolle.example", Patience(connection=2, reply=2, dot=2, mail=4))
        for address in (*BREAKING, OTSO):
            way_out.deliver(SENDER, address, b"Subject: Kutsu\r\n\r\nTervetuloa\r\n")
        way_out.close()
    said = [line for line in lines if line not in ("connected", "message")]
    assert said == ["ehlo koolle.example", f"MAIL FROM:<{SENDER}>", f"RCPT TO:<{OTSO}>", "DATA", ".", "QUIT"]


@pytest.mark.parametrize("name", ["Otso\r\nBcc: kaino@evil.example", "Otso\u2028Bcc:", "Otso\0\x0b\x85", "\u202eostO"])
def test_a_name_is_one_line(name):
    line = clean_line(name)
    assert line.isprintable() and len(line.splitlines()) == 1
