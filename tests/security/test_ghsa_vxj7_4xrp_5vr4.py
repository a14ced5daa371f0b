"""aiosmtplib GHSA-vxj7-4xrp-5vr4: what somebody on the line had said before TLS counted as said under it.

Here a word more than the answer to STARTTLS ends the connection: nothing is signed in to, and no mail leaves.
"""

from __future__ import annotations

import pytest

from app.mail.conversation import Patience
from app.mail.smtp import MailServer
from tests.mail.faults import at, called, say_bytes

SHORT = Patience(connection=1, reply=1, dot=1, mail=3)
INJECTED = [
    b"220 go on\r\n250-evil.example\r\n250 AUTH PLAIN\r\n",
    b"220 go on\r\n2",
    b"220 go on\r\n\r\n",
    b"220 go on\r\n220 go on\r\n",
    b"220-go\r\n220 on\r\n334 \r\n",
    b"220 go on\r\n235 2.7.0 welcome\r\n250 kept\r\n",
]


@pytest.mark.parametrize("said", INJECTED)
def test_what_is_said_before_tls_ends_the_connection(said):
    heard = []

    def answer(connection):
        heard.append(connection)  # first: who is told ends at once
        say_bytes(said)(connection)

    server = called(
        at("STARTTLS", answer, "STARTTLS,AUTH PLAIN"), "smtp://127.0.0.1", "smtp://sihteeri:salasana@127.0.0.1"
    )
    with server as url:
        way_out = MailServer(url, "koolle.example", SHORT)
        attempt = way_out.deliver("sihteeristo@koolle.example", "otso@rm.example", b"Subject: Kutsu\r\n\r\n")
        way_out.close()
    assert (attempt.stage, attempt.code, len(heard)) == ("tls", None, 1)
    assert attempt.said == "nonsense"  # and not that the handshake failed: it was not begun
