"""Mails leave one by one over one connection, and nothing of an address or of a message becomes a command."""

from __future__ import annotations

import socket
from email import message_from_bytes
from queue import Queue

import pytest

from app.mail.conversation import Patience
from app.mail.retrying import Attempt
from app.mail.smtp import MailServer
from tests.mail.faults import at, say
from tests.mail.servers import heard, keeping, misbehaving

SENDER, OTSO = "sihteeristo@koolle.example", "otso@rm.example"
MAIL = b"Subject: Kutsu\r\n\r\n.alkaa pisteell\xc3\xa4\r\n..\r\nloppu\r\n"
ENOUGH = Patience(connection=20, reply=20, dot=20, mail=60)  # no server here keeps anybody waiting, but the machine


def to(url: str) -> MailServer:
    return MailServer(url, "koolle.example", ENOUGH)


def deliver(url: str, sender: str = SENDER, recipient: str = OTSO, content: bytes = MAIL, **more) -> Attempt:
    server = to(url)
    try:
        return server.deliver(sender, recipient, content, **more)
    finally:
        server.close()


def test_a_burst_goes_by_one_connection_and_arrives_as_it_was_written():
    with keeping() as (url, kept):
        server = to(url)
        attempts = [server.deliver(SENDER, f"{name}@rm.example", MAIL) for name in ("otso", "pilvi")]
        server.close()
    assert attempts == [Attempt("dot", 250, "2.0.0 kept as 1"), Attempt("dot", 250, "2.0.0 kept as 2")]
    assert kept.mails == [(["otso@rm.example"], MAIL), (["pilvi@rm.example"], MAIL)]
    assert message_from_bytes(kept.mails[0][1]).get_payload().startswith(".alkaa")
    assert kept.connections == 1


@pytest.mark.parametrize("content", [b"", b".", b"..\r\n.", b"a\r\n.\r\nb", b"a\r\n.QUIT\r\n", b".ab\r\n" * 20_000])
def test_dots_arrive_as_they_were_written(content):
    with keeping() as (url, kept):
        assert deliver(url, content=content).code == 250
    assert kept.mails == [([OTSO], content.rstrip(b"\r\n") + b"\r\n")]


def test_one_refused_address_does_not_stop_the_next():
    with keeping() as (url, kept):
        kept.refusals = {"otso@rm.example": "550 5.1.1 no such user", "pilvi@rm.example": "451 4.3.0 later"}
        server = to(url)
        ends = [server.deliver(SENDER, f"{name}@rm.example", MAIL) for name in ("otso", "pilvi", "aarne")]
        server.close()
    assert [(end.stage, end.code) for end in ends] == [("rcpt", 550), ("rcpt", 451), ("dot", 250)]
    assert [to for to, _ in kept.mails] == [["aarne@rm.example"]]
    assert kept.connections == 1


def test_the_conversation_is_these_lines_and_no_others():
    server, lines = heard()
    with server as url:
        deliver(url, "b+7.k3@koolle.example")
    said = ["ehlo koolle.example", "MAIL FROM:<b+7.k3@koolle.example>", f"RCPT TO:<{OTSO}>", "DATA", ".", "QUIT"]
    assert [line for line in lines if line not in ("connected", "message")] == said


def test_a_mail_that_cannot_go_does_not_cost_the_next_its_connection():
    server, lines = heard("SIZE 60")
    with server as url:
        way_out = to(url)
        mails = (OTSO, MAIL), (OTSO, MAIL * 2), ("x", MAIL), (OTSO, MAIL)
        ends = [way_out.deliver(SENDER, recipient, content) for recipient, content in mails]
        way_out.close()
    assert [end.said for end in ends] == ["fine", "too_large", "no_address", "fine"]
    assert lines.count("connected") == 1


def test_a_mail_that_is_not_wanted_any_more_is_not_sent():
    server, lines = heard()
    asked = []

    def wanted() -> bool:
        asked.append(list(lines))
        return False

    with server as url:
        way_out = to(url)
        assert way_out.deliver(SENDER, OTSO, MAIL, wanted) == Attempt("data", None, "withdrawn")
        assert way_out.deliver(SENDER, OTSO, MAIL).code == 250
        way_out.close()
    [before] = asked
    assert before[-1] == f"RCPT TO:<{OTSO}>"
    assert lines[len(before)] == "rset"
    assert (lines.count("DATA"), lines.count("connected")) == (1, 1)


@pytest.mark.parametrize("error", [RuntimeError, OSError, ValueError, KeyboardInterrupt])
def test_nothing_is_sent_when_nobody_can_say_whether_it_is_wanted(error):
    def wanted() -> bool:
        raise error

    server, lines = heard()
    with server as url, pytest.raises(error):
        deliver(url, wanted=wanted)
    assert lines[-3:] == [f"RCPT TO:<{OTSO}>", "rset", "QUIT"]


def test_nobody_is_asked_about_a_refused_recipient():
    with at("RCPT", say("550 5.1.1 nobody")) as url:
        assert deliver(url, wanted=lambda: pytest.fail("asked")).code == 550


@pytest.mark.parametrize("goodbye", [b"", b"421 4.4.2 idle\r\n", b"rubbish\r\n"], ids=["silently", "421", "rubbish"])
def test_a_server_that_hung_up_while_idle_is_called_again(goodbye):
    seen = []

    def hang_up_after_the_first(connection, line):
        seen.append(line)
        if line == "." and seen.count(".") == 1:
            connection.sendall(b"250 fine\r\n" + goodbye)
            connection.shutdown(socket.SHUT_RDWR)
            return True
        return False

    with misbehaving(hang_up_after_the_first) as url:
        server = to(url)
        ends = [server.deliver(SENDER, OTSO, MAIL) for _ in range(2)]
        server.close()
    assert [end.code for end in ends] == [250, 250]
    assert seen.count("connected") == 2


@pytest.mark.parametrize("line", ["MAIL", "RCPT", "DATA", "."])
def test_only_what_failed_at_its_first_line_is_said_again(line):
    """At a later line the server may have taken the mail, or it was the mail that it fell over."""
    seen = []

    def hang_up_at_the_second(connection, said):
        seen.append(said)
        if said.startswith(line) and sum(one.startswith(line) for one in seen) >= 2:
            connection.shutdown(socket.SHUT_RDWR)
            return True
        return False

    with misbehaving(hang_up_at_the_second) as url:
        server = to(url)
        ends = [server.deliver(SENDER, OTSO, MAIL) for _ in range(2)]
    assert [end.said for end in ends] == ["fine", "disconnected"]
    assert seen.count("connected") == (2 if line == "MAIL" else 1)


def test_nothing_follows_a_message_that_was_broken_off():
    """A command after half a message would be taken for a line of it."""
    rest: Queue[bytes] = Queue()

    def refuse(connection, line):
        if line == "message":
            connection.sendall(b"552 5.3.4 too big\r\n")
            rest.put(b"".join(iter(lambda: connection.recv(1 << 16), b"")))
        return False

    with misbehaving(refuse) as url:
        assert deliver(url, content=b"T" * 6_000_000) == Attempt("data", 552, "5.3.4 too big")
        assert rest.get(timeout=5).strip(b"T") == b""


def at_once(replies: dict[str, str] | None = None):
    """A server that takes several lines at a time (RFC 2920) and answers some otherwise, and what came in each turn."""
    turns: list[bytes] = []

    def behave(connection: socket.socket, line: str) -> bool:
        if line == "connected":
            connection.sendall(b"220 here\r\n")
            while heard := connection.recv(1 << 16):
                turns.append(heard)
                for said in heard.decode(errors="replace").splitlines():
                    answer = next((text for begin, text in (replies or {}).items() if said.startswith(begin)), None)
                    connection.sendall(f"{answer or USUAL.get(said[:4], '')}".encode())
            return True
        return False

    return misbehaving(behave), turns


USUAL = {
    "ehlo": "250-here\r\n250 PIPELINING\r\n", "MAIL": "250 fine\r\n", "RCPT": "250 fine\r\n", "DATA": "354 go on\r\n",
    ".": "250 kept\r\n", "rset": "250 fine\r\n", "QUIT": "221 bye\r\n",
}  # fmt: skip
ASKED = f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{OTSO}>\r\nDATA\r\n".encode()
TEXT = b"Subject: Kutsu\r\n\r\n.alkaa\r\n"
TEXT_AS_SENT = b"Subject: Kutsu\r\n\r\n..alkaa\r\n.\r\n"


def test_where_the_server_takes_several_lines_all_but_the_message_is_said_at_once():
    server, turns = at_once()
    with server as url:
        assert deliver(url, content=TEXT) == Attempt("dot", 250, "kept")
    assert turns[1:] == [ASKED, TEXT_AS_SENT, b"QUIT\r\n"]


@pytest.mark.parametrize(
    ("replies", "end", "then"),
    [
        ({"RCPT": "550 nobody\r\n", "DATA": "503 nobody\r\n"}, Attempt("rcpt", 550, "nobody"), [b"rset\r\n"]),
        ({"RCPT": "451 busy\r\n", ".": "554 nobody\r\n"}, Attempt("rcpt", 451, "busy"), [b".\r\n", b"rset\r\n"]),
        ({"DATA": "451 later\r\n"}, Attempt("data", 451, "later"), [b"rset\r\n"]),
    ],
    ids=["no such recipient", "a message is waited for all the same", "no message"],
)  # fmt: skip
def test_what_is_refused_of_several_lines_costs_no_connection_and_sends_nothing(replies, end, then):
    server, turns = at_once(replies)
    with server as url:
        way_out = to(url)
        assert way_out.deliver(SENDER, OTSO, TEXT, lambda: pytest.fail("asked") if "RCPT" in replies else True) == end
        replies.clear()
        assert way_out.deliver(SENDER, OTSO, TEXT).code == 250
        way_out.close()
    assert turns[1:] == [ASKED, *then, ASKED, TEXT_AS_SENT, b"QUIT\r\n"]


@pytest.mark.parametrize("end", ["refused", "withdrawn", "unknown", "unrecorded"])
def test_a_connection_on_which_a_message_is_waited_for_in_vain_is_let_go(end):
    replies = {"MAIL": "451 4.3.0 later\r\n"} if end == "refused" else {}
    server, turns = at_once(replies)

    def fail() -> bool:
        raise RuntimeError

    with server as url:
        way_out = to(url)
        way_out.meanwhile = fail if end == "unrecorded" else lambda: None
        try:
            attempt = way_out.deliver(SENDER, OTSO, TEXT, fail if end == "unknown" else lambda: end != "withdrawn")
        except RuntimeError:
            attempt = None
        ends = {"refused": Attempt("mail", 451, "4.3.0 later"), "withdrawn": Attempt("data", None, "withdrawn")}
        assert attempt == ends.get(end)
        replies.clear()
        way_out.meanwhile = lambda: None
        assert way_out.deliver(SENDER, OTSO, TEXT).code == 250
        way_out.close()
    hello = turns[0]
    assert turns == [hello, ASKED, hello, ASKED, TEXT_AS_SENT, b"QUIT\r\n"]


def test_work_is_done_while_the_server_thinks_of_the_addresses():
    """The server answers to MAIL only once it is done: who waited for the answer first would wait for ever."""
    done = []

    def wait_for_it(connection, line):
        if line.startswith("MAIL"):
            while not done:
                pass
        return False

    with misbehaving(wait_for_it) as url:
        way_out = to(url)
        way_out.meanwhile = lambda: done.append(True)
        assert way_out.deliver(SENDER, OTSO, MAIL, lambda: bool(done)).code == 250
        way_out.close()
