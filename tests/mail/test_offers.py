"""What a mail server offers is used: TLS, the size it takes, letters beyond ASCII."""

from __future__ import annotations

import socket
import ssl

import pytest
from aiosmtpd.controller import Controller

from app.mail.retrying import Attempt
from tests.mail.certificates import certificate, server_context
from tests.mail.servers import Keeping, heard
from tests.mail.test_smtp import MAIL, OTSO, SENDER, deliver, to


@pytest.mark.parametrize(
    ("offers", "recipient", "mail", "came"),
    [
        ("", OTSO, "MAIL FROM:<{}>", "dot 250"),
        ("SIZE 100", OTSO, f"MAIL FROM:<{{}}> SIZE={len(MAIL)}", "dot 250"),
        ("SIZE", OTSO, f"MAIL FROM:<{{}}> SIZE={len(MAIL)}", "dot 250"),
        ("SIZE 0", OTSO, f"MAIL FROM:<{{}}> SIZE={len(MAIL)}", "dot 250"),
        ("SIZE x", OTSO, f"MAIL FROM:<{{}}> SIZE={len(MAIL)}", "dot 250"),
        (f"SIZE {len(MAIL) - 1}", OTSO, None, "mail too_large"),
        ("8BITMIME", OTSO, "MAIL FROM:<{}> BODY=8BITMIME", "dot 250"),
        ("SMTPUTF8", OTSO, "MAIL FROM:<{}>", "dot 250"),
        ("SMTPUTF8", "öysti@rm.example", "MAIL FROM:<{}> SMTPUTF8", "dot 250"),
        ("", "öysti@rm.example", None, "mail needs_smtputf8"),
        ("", "otso@räme.example", "MAIL FROM:<{}>", "dot 250"),
    ],
)
def test_what_the_server_offers_is_used(offers, recipient, mail, came):
    server, lines = heard(offers)
    with server as url:
        attempt = deliver(url, recipient=recipient)
    assert f"{attempt.stage} {attempt.code or attempt.said}" == came
    to_whom = recipient.replace("räme", "xn--rme-qla")
    assert lines[2:4] == ([mail.format(SENDER), f"RCPT TO:<{to_whom}>"] if mail else ["QUIT"])


@pytest.mark.parametrize(
    ("address", "came"),
    [("smtp://0.0.0.0", "tls unencrypted"), ("smtp-plain://0.0.0.0", "dot 250"), ("smtp-plain://127.0.0.1", "dot 250")],
)
def test_a_mail_goes_in_the_clear_only_where_it_is_said(address, came):
    server, lines = heard("")
    with server as url:
        attempt = deliver(url.replace("smtp://127.0.0.1", address))
    assert f"{attempt.stage} {attempt.code or attempt.said}" == came
    assert ("DATA" in lines) is came.startswith("dot")


class TlsFromTheStart(Controller):
    def _trigger_server(self):
        """Knock without TLS: the library's own knock takes the server's context for a client's."""
        socket.create_connection((self.hostname, self.port)).close()


WAYS = [
    ("smtp", Controller, {"tls_context": server_context(), "require_starttls": True}),
    ("smtps", TlsFromTheStart, {"ssl_context": server_context()}),
]


@pytest.mark.parametrize(("scheme", "kind", "way"), WAYS, ids=[way[0] for way in WAYS])
def test_tls(scheme, kind, way, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate()))
    kept = Keeping()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = kind(kept, hostname="127.0.0.1", port=port, **way)
    controller.start()
    try:
        server = to(f"{scheme}://127.0.0.1:{port}")
        ends = [server.deliver(SENDER, OTSO, MAIL) for _ in range(2)]
        assert isinstance(server.talk.sock, ssl.SSLSocket)
        server.close()
    finally:
        controller.stop(no_assert=True)
    assert ends == [Attempt("dot", 250, "2.0.0 kept as 1"), Attempt("dot", 250, "2.0.0 kept as 2")]
    assert kept.mails == [([OTSO], MAIL)] * 2
