"""Each way in which a mail server fails is told apart, means one thing for the mail, and ends in time."""

from __future__ import annotations

import threading
import time

import pytest

from app.mail.conversation import Patience
from app.mail.retrying import Attempt, outcome_of
from app.mail.smtp import MailServer
from tests.mail.faults import (
    at,
    byte_by_byte,
    called,
    crowded,
    drop,
    endless,
    hang,
    hear,
    in_turn,
    late,
    nobody,
    pause,
    reset,
    say,
    say_bytes,
    silent,
    start_tls,
)
from tests.mail.servers import misbehaving

SENDER, OTSO = "b+7.k3@koolle.example", "otso@rm.example"
MAIL = b"Subject: Kutsu\r\n\r\nTervetuloa\r\n"
LONG = MAIL + b"Tervetuloa\r\n" * 500_000  # more than fits on the line while nobody reads
SHORT = Patience(connection=0.4, reply=0.4, dot=0.7, mail=1.6)


def sign_in(server):
    return called(server, "smtp://127.0.0.1", "smtp://sihteeri:salasana@127.0.0.1")


def in_the_clear(server):
    return called(server, "smtp://127.0.0.1", "smtp-plain://sihteeri:salasana@0.0.0.0")


def elsewhere(server):
    """By an address that is not this machine's own."""
    return called(server, "//127.0.0.1", "//0.0.0.0")


def smtps(server):
    return called(server, "smtp:", "smtps:")


TLS, AUTH, GO = "STARTTLS", "AUTH PLAIN LOGIN", say("220 go on")
FAULTS = [
    # what the server does                                             how far it came      what it means
    ("nobody is there", lambda: nobody(), "connect unreachable", "ours"),
    ("connecting takes for ever", lambda: crowded(), "connect timeout", "ours"),
    ("no greeting", lambda: at("connected", silent), "greeting timeout", "ours"),
    ("greeting drips", lambda: at("connected", byte_by_byte("220 here" * 20, 0.05)), "greeting timeout", "ours"),
    ("greeting, then gone", lambda: at("connected", drop), "greeting disconnected", "ours"),
    ("greeting, reset", lambda: at("connected", in_turn(pause, reset)), "greeting disconnected", "ours"),
    ("banner 554", lambda: at("connected", say("554 5.3.2 no service")), "greeting 554", "ours"),
    ("banner 421", lambda: at("connected", say("421 4.3.2 going down")), "greeting 421", "ours"),
    ("greeting of another protocol", lambda: at("connected", say("SSH-2.0-x")), "greeting nonsense", "ours"),
    ("greeting is rubbish", lambda: at("connected", say_bytes(bytes(range(256)) * 20)), "greeting nonsense", "ours"),
    ("EHLO hangs", lambda: at("ehlo", silent), "ehlo timeout", "ours"),
    ("EHLO, gone", lambda: at("ehlo", drop), "ehlo disconnected", "ours"),
    ("EHLO 4xx", lambda: at("ehlo", say("451 4.3.0 later")), "ehlo 451", "ours"),
    ("EHLO 5xx", lambda: at("ehlo", say("502 5.5.1 what")), "ehlo 502", "ours"),
    ("EHLO without end", lambda: at("ehlo", endless("250-SIZE")), "ehlo nonsense", "ours"),
    ("EHLO in one endless line", lambda: at("ehlo", say("250 " + "x" * 9000)), "ehlo nonsense", "ours"),
    ("EHLO with two codes", lambda: at("ehlo", say("250-here|550 no")), "ehlo nonsense", "ours"),
    ("STARTTLS hangs", lambda: at("STARTTLS", silent, TLS), "tls timeout", "ours"),
    ("STARTTLS 4xx", lambda: at("STARTTLS", say("454 4.7.0 not now"), TLS), "tls 454", "ours"),
    ("STARTTLS 5xx", lambda: at("STARTTLS", say("501 5.5.4 no"), TLS), "tls 501", "ours"),
    ("handshake hangs", lambda: at("STARTTLS", in_turn(GO, hang), TLS), "tls timeout", "ours"),
    ("one byte before TLS", lambda: at("STARTTLS", say_bytes(b"220 go on\r\n2"), TLS), "tls nonsense", "ours"),
    ("bytes before TLS", lambda: at("STARTTLS", say("220 go on|250-evil|250 AUTH"), TLS), "tls nonsense", "ours"),
    ("not TLS at all", lambda: at("STARTTLS", in_turn(GO, hear, say("250 fine")), TLS), "tls unencrypted", "ours"),
    ("nobody vouches for it", lambda: at("STARTTLS", start_tls, TLS), "tls insecure", "ours"),
    ("no STARTTLS", lambda: elsewhere(at("nothing", silent)), "tls unencrypted", "ours"),
    ("smtps, but plain", lambda: smtps(at("nothing", silent)), "tls unencrypted", "ours"),
    ("smtps hangs", lambda: smtps(at("connected", hang)), "tls timeout", "ours"),
    ("AUTH hangs", lambda: sign_in(at("AUTH", silent, AUTH)), "auth timeout", "ours"),
    ("AUTH, gone", lambda: sign_in(at("AUTH", drop, AUTH)), "auth disconnected", "ours"),
    ("AUTH 4xx", lambda: sign_in(at("AUTH", say("454 4.7.0 later"), AUTH)), "auth 454", "ours"),
    ("AUTH 5xx", lambda: sign_in(at("AUTH", say("535 5.7.8 wrong"), AUTH)), "auth 535", "ours"),
    ("AUTH asks rubbish", lambda: sign_in(at("AUTH", say("334 x"), "AUTH CRAM-MD5")), "auth nonsense", "ours"),
    ("no AUTH", lambda: sign_in(at("nothing", silent)), "auth no_sign_in", "ours"),
    ("AUTH in the open", lambda: in_the_clear(at("nothing", silent, AUTH)), "auth unencrypted", "ours"),
    ("MAIL hangs", lambda: at("MAIL", silent), "mail timeout", "queued"),
    ("MAIL, reset", lambda: at("MAIL", reset), "mail disconnected", "queued"),
    ("MAIL 4xx", lambda: at("MAIL", say("451 4.3.0 later")), "mail 451", "queued"),
    ("MAIL 421", lambda: at("MAIL", say("421 4.3.2 going down")), "mail 421", "ours"),
    ("MAIL 5xx", lambda: at("MAIL", say("555 5.5.4 what is SIZE")), "mail 555", "failed"),
    ("MAIL, not as this sender", lambda: at("MAIL", say("550 5.7.60 SendAsDenied")), "mail 550", "ours"),
    ("MAIL, sign in first", lambda: at("MAIL", say("530 5.7.0 authenticate")), "mail 530", "ours"),
    ("MAIL 354", lambda: at("MAIL", say("354 go on")), "mail 354", "queued"),
    ("RCPT hangs", lambda: at("RCPT", silent), "rcpt timeout", "queued"),
    ("RCPT drips", lambda: at("RCPT", byte_by_byte("250 fine" * 20, 0.05)), "rcpt timeout", "queued"),
    ("RCPT, gone", lambda: at("RCPT", drop), "rcpt disconnected", "queued"),
    ("RCPT, half a reply", lambda: at("RCPT", in_turn(say_bytes(b"250 fi"), drop)), "rcpt disconnected", "queued"),
    ("RCPT 4xx", lambda: at("RCPT", say("450 4.2.0 greylisted for 00:04:59")), "rcpt 450", "queued"),
    ("RCPT 421", lambda: at("RCPT", in_turn(say("421 4.7.0 too many"), drop)), "rcpt 421", "ours"),
    ("RCPT 5xx", lambda: at("RCPT", say("550 5.1.1 nobody")), "rcpt 550", "failed"),
    ("RCPT answered twice", lambda: at("RCPT", say("250 fine|250 fine")), "data nonsense", "queued"),
    ("RCPT rubbish", lambda: at("RCPT", say_bytes(b"\0\xff\r\n")), "rcpt nonsense", "queued"),
    ("DATA hangs", lambda: at("DATA", silent), "data timeout", "queued"),
    ("DATA, gone", lambda: at("DATA", drop), "data disconnected", "queued"),
    ("DATA 4xx", lambda: at("DATA", say("451 4.3.0 later")), "data 451", "queued"),
    ("DATA 5xx", lambda: at("DATA", say("554 5.7.1 no")), "data 554", "failed"),
    ("DATA 250", lambda: at("DATA", say("250 fine")), "data 250", "queued"),
    ("taken before it was sent", lambda: at("DATA", say("354 go on|250 taken")), "data nonsense", "queued"),
    ("message, nobody reads", lambda: at("message", hang), "data timeout", "queued"),
    ("message, reset", lambda: at("message", reset), "data disconnected", "queued"),
    ("message, 421", lambda: at("message", say("421 4.3.2 down")), "data 421", "ours"),
    ("message, 552", lambda: at("message", say("552 5.3.4 too big")), "data 552", "failed"),
    ("message, 250", lambda: at("message", say("250 taken")), "data nonsense", "queued"),
    ("dot, silence", lambda: at(".", silent), "dot timeout", "uncertain"),
    ("dot, drips", lambda: at(".", byte_by_byte("250 taken" * 20, 0.05)), "dot timeout", "uncertain"),
    ("dot, gone", lambda: at(".", drop), "dot disconnected", "uncertain"),
    ("dot, reset", lambda: at(".", reset), "dot disconnected", "uncertain"),
    ("dot, half a reply", lambda: at(".", in_turn(say_bytes(b"250 tak"), drop)), "dot disconnected", "uncertain"),
    ("dot, rubbish", lambda: at(".", say_bytes(b"ok\r\n")), "dot nonsense", "uncertain"),
    ("dot, 354", lambda: at(".", say("354 go on")), "dot 354", "uncertain"),
    ("dot, without end", lambda: at(".", endless("250-taken")), "dot nonsense", "uncertain"),
    ("dot 4xx", lambda: at(".", say("451 4.3.0 later")), "dot 451", "queued"),
    ("dot 421", lambda: at(".", in_turn(say("421 4.3.2 down"), drop)), "dot 421", "ours"),
    ("dot 5xx", lambda: at(".", say("554 5.7.1 it looks like spam")), "dot 554", "failed"),
    ("dot, late", lambda: at(".", late("250 taken", 0.3)), "dot 250", "sent"),
    ("dot, byte by byte", lambda: at(".", byte_by_byte("250-2.0.0 it is\r\n250 2.0.0 taken")), "dot 250", "sent"),
    ("dot answered twice", lambda: at(".", say("250 taken|250 taken")), "dot 250", "sent"),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("server", "came", "means"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault(server, came, means, request):
    mail = LONG if request.node.callspec.id.startswith("message") else MAIL
    began = time.monotonic()
    with server() as url:
        way_out = MailServer(url, "koolle.example", SHORT)
        attempt = way_out.deliver(SENDER, OTSO, mail)
        took = time.monotonic() - began
        way_out.close()
    outcome = outcome_of(attempt)
    assert f"{attempt.stage} {attempt.code or attempt.said}" == came
    assert ("ours" if outcome.ours else outcome.state) == means
    assert not outcome.ours or outcome.state == "queued"
    assert took < 2 * SHORT.mail  # on a busy machine a deadline comes a little late


def test_the_whole_mail_has_a_time_of_its_own():
    """Each answer comes in time, and all together do not."""
    slowly = Patience(connection=1, reply=1, dot=1, mail=0.35)
    began = time.monotonic()
    with misbehaving(lambda connection, line: line[:4] in ("MAIL", "RCPT", "DATA") and time.sleep(0.2)) as url:
        attempt = MailServer(url, "koolle.example", slowly).deliver(SENDER, OTSO, MAIL)
    assert attempt == Attempt("rcpt", None, "timeout")
    assert time.monotonic() - began < 0.6


def test_nothing_watches_a_connection_that_is_closed():
    with at("nothing", silent) as url:
        server = MailServer(url, "koolle.example", SHORT)
        assert server.deliver(SENDER, OTSO, MAIL).code == 250
        dog = server.talk.watchdog
        server.close()
        dog.join(1)
    assert dog not in threading.enumerate()
