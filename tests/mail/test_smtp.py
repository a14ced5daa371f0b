"""Mails leave one by one, and each way in which a server fails is told apart."""

from __future__ import annotations

import socket
import time
from email import message_from_bytes

import pytest

from app.mail.retrying import Attempt
from app.mail.smtp import MailServer, Patience
from tests.mail.servers import keeping, misbehaving

SENDER = "sihteeristo@koolle.example"
MAIL = b"Subject: Kutsu\r\n\r\n.alkaa pisteell\xc3\xa4\r\n..\r\nloppu\r\n"
SHORT = Patience(connection=0.2, reply=0.2, mail=0.4)


def test_a_burst_goes_by_one_connection_and_arrives_as_it_was_written():
    with keeping() as (url, kept):
        server = MailServer(url, SENDER)
        attempts = [server.deliver(f"{name}@rm.example", MAIL) for name in ("otso", "pilvi")]
        server.close()
    assert attempts == [Attempt("dot", 250, "2.0.0 kept as 1"), Attempt("dot", 250, "2.0.0 kept as 2")]
    assert kept.mails == [(["otso@rm.example"], MAIL), (["pilvi@rm.example"], MAIL)]
    assert message_from_bytes(kept.mails[0][1]).get_payload().startswith(".alkaa")
    assert kept.connections == 1


def test_one_refused_address_does_not_stop_the_next():
    with keeping() as (url, kept):
        kept.refusals = {"otso@rm.example": "550 5.1.1 no such user", "pilvi@rm.example": "451 4.3.0 later"}
        server = MailServer(url, SENDER)
        ends = [server.deliver(f"{name}@rm.example", MAIL) for name in ("otso", "pilvi", "aarne")]
        server.close()
    assert [(end.stage, end.code) for end in ends] == [("rcpt", 550), ("rcpt", 451), ("dot", 250)]
    assert [to for to, _ in kept.mails] == [["aarne@rm.example"]]
    assert kept.connections == 1


def drop(connection, line):
    connection.shutdown(socket.SHUT_RDWR)
    return True


def say_nothing(connection, line):
    return True


def drip(connection, line):
    for _ in range(50):
        connection.sendall(b"2")
        time.sleep(0.05)
    return True


FAULTS = [
    # at which line        what the server does   how far it came
    ("connected", drop, Attempt("connect", None, "unreachable")),
    ("connected", say_nothing, Attempt("connect", None, "timeout")),
    ("RCPT", drop, Attempt("rcpt", None, "disconnected")),
    ("RCPT", say_nothing, Attempt("rcpt", None, "timeout")),
    ("RCPT", drip, Attempt("rcpt", None, "timeout")),
    ("DATA", drop, Attempt("data", None, "disconnected")),
    (".", drop, Attempt("dot", None, "disconnected")),
    (".", say_nothing, Attempt("dot", None, "timeout")),
    (".", drip, Attempt("dot", None, "timeout")),
]


NAMES = [f"{line} {fault.__name__}" for line, fault, _ in FAULTS]


@pytest.mark.parametrize(("line", "fault", "attempt"), FAULTS, ids=NAMES)
def test_a_fault_is_told_apart_and_ends_in_time(line, fault, attempt):
    began = time.monotonic()
    with misbehaving(lambda connection, said: said.startswith(line) and fault(connection, said)) as url:
        server = MailServer(url, SENDER, SHORT)
        assert server.deliver("otso@rm.example", MAIL) == attempt
    assert time.monotonic() - began < 2 * SHORT.mail


def test_nobody_at_home():
    assert MailServer("smtp://127.0.0.1:1", SENDER, SHORT).deliver("otso@rm.example", MAIL) == Attempt(
        "connect", None, "unreachable"
    )


def test_a_server_that_hung_up_while_idle_is_called_again():
    seen = []

    def hang_up_after_the_first(connection, line):
        seen.append(line)
        if line == "." and seen.count(".") == 1:
            connection.sendall(b"250 fine\r\n")
            connection.shutdown(socket.SHUT_RDWR)
            return True
        return False

    with misbehaving(hang_up_after_the_first) as url:
        server = MailServer(url, SENDER, SHORT)
        ends = [server.deliver("otso@rm.example", MAIL) for _ in range(2)]
        server.close()
    assert [end.code for end in ends] == [250, 250]
    assert seen.count("connected") == 2
