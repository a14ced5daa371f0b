"""The lines of a conversation with a mail server: smtplib's commands, with replies that are bounded and in step.

smtplib reads a reply of any length for any time, takes half a line for one, and takes what a server said too early for
the reply to the next command.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from math import inf

from app.mail.replies import spoken
from app.mail.retrying import Attempt
from app.mail.watchdog import Watchdog

REPLY = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*?))?\r*\n", re.DOTALL)
LONGEST_LINE = 2048  # RFC 5321 section 4.5.3.1.5 has 512
MOST_LINES = 100
BLOCK = 1 << 16


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for a connection, for each reply, for the one after the final dot, and for a whole mail.

    After the dot RFC 5321 section 4.5.3.2.6 asks for ten minutes: who gives up sooner sends twice.
    """

    connection: float = 30
    reply: float = 60
    dot: float = 600
    mail: float = 720


CUSTOMARY = Patience()


class Stopped(Exception):
    """The conversation ended before its end, with what to make of it."""

    def __init__(self, stage: str, code: int | None, said: str):
        self.attempt = Attempt(stage, code, said)


class Nonsense(smtplib.SMTPException):
    """What came is no reply, or came before it was asked for. As all of smtplib's, this is an OSError."""


class Unasked(Nonsense):
    """A whole reply came before anything was asked."""

    def __init__(self, reply: tuple[int, bytes]):
        super().__init__()
        self.reply = reply


class Conversation(smtplib.SMTP):
    """One connection to a mail server: stage is that of Attempt; `until` (time.monotonic) is when all of it is over;
    ahead: all up to the message was said at once; out of step: the next line would be misunderstood."""

    def __init__(self, name: str, patience: Patience, until: float):
        super().__init__(local_hostname=name)
        self.patience = patience
        self.until = until
        self.stage = "connect"
        self.watchdog: Watchdog | None = None
        self.buffer = bytearray()
        self.ahead = False
        self.out_of_step = False

    @property
    def late(self) -> bool:
        """Whether it was cut for taking too long."""
        return self.watchdog is not None and self.watchdog.has_cut

    def dial(self, host: str, port: int) -> None:
        """Make the connection; the server's greeting is the next reply."""
        self._host = host  # what smtplib's own constructor sets
        self.sock = socket.create_connection((host, port), self.patience.connection)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.settimeout(None)  # from here on it is the watchdog that counts the time
        self.watchdog = Watchdog(self.sock)
        self.watchdog.start()

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Speak TLS from here on; what the server told of itself before is forgotten (RFC 3207)."""
        self._within(self.patience.reply)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.esmtp_features = {}

    def expect(self, kind: int, reply: tuple[int, bytes]) -> None:
        """Raise Stopped unless the reply's first digit is that (RFC 5321 section 4.3.2)."""
        if reply[0] // 100 != kind:
            raise Stopped(self.stage, *spoken(reply))

    def send(self, text: str | bytes) -> None:
        """Send a command; raises Nonsense if the server has spoken out of turn."""
        self.in_step()
        self._within(self.patience.reply)
        super().send(text)

    def send_message(self, content: bytes) -> None:
        """Send a message to its final dot, which has not left if this raises (OSError).

        Raises Unasked if the server answers before.
        """
        stuffed = content.replace(b"\n.", b"\n..")
        if stuffed.startswith(b"."):
            stuffed = b"." + stuffed
        whole = stuffed.rstrip(b"\r\n") + b"\r\n.\r\n"
        self.out_of_step = True
        for begin in range(0, len(whole), BLOCK):
            self.in_step()
            self._within(self.patience.reply)
            self.sock.sendall(whole[begin : begin + BLOCK])
        self.out_of_step = False

    def getreply(self, seconds: float | None = None) -> tuple[int, bytes]:
        """Read one reply: its code, and its lines joined by line feeds. Raises Nonsense, or SMTPServerDisconnected."""
        self._within(seconds or self.patience.reply)
        lines: list[bytes] = []
        code = b""
        while len(lines) < MOST_LINES:
            read = REPLY.fullmatch(self._line())
            if read is None or (lines and read[1] != code):
                break
            code = read[1]
            lines.append((read[3] or b"").strip())
            if read[2] != b"-":
                self.watchdog.allow(self.until)
                return int(code), b"\n".join(lines)
        raise Nonsense

    def _line(self) -> bytes:
        while (end := self.buffer.find(b"\n")) < 0:
            if len(self.buffer) > LONGEST_LINE:
                raise Nonsense
            self._take(self.sock.recv(4096))
        line = bytes(self.buffer[: end + 1])
        del self.buffer[: end + 1]
        return line

    def _take(self, more: bytes) -> None:
        if not more:
            raise smtplib.SMTPServerDisconnected
        self.buffer += more

    def in_step(self) -> None:
        """See that the server waits for us; raises Unasked or Nonsense otherwise.

        A reply to what was never asked would count as the next one's, and one before TLS as one that TLS vouches for.
        """
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected
        try:
            self._take(self._what_waits())
        except (BlockingIOError, ssl.SSLWantReadError):
            pass
        if b"\n" in self.buffer:
            raise Unasked(self.getreply())
        if self.buffer:
            raise Nonsense

    def _what_waits(self) -> bytes:
        """Return what has come, without waiting for more."""
        if not isinstance(self.sock, ssl.SSLSocket):
            return self.sock.recv(4096, socket.MSG_DONTWAIT)
        self.sock.setblocking(False)  # under TLS a readable socket may hold nothing that the server said
        try:
            return self.sock.recv(4096)
        finally:
            self.sock.setblocking(True)

    def _within(self, seconds: float) -> None:
        self.watchdog.allow(min(time.monotonic() + seconds, self.until))

    def idle(self) -> None:
        """Between mails there is no deadline."""
        self.until = inf
        self.watchdog.allow(inf)

    def close(self) -> None:
        super().close()
        if self.watchdog is not None:
            self.watchdog.stop()
