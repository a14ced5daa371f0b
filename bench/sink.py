"""A mail server that takes everything at once and keeps none of it: python -m bench.sink PORT [--log FILE].

It is a process of its own, so that who sends can be measured, or killed, without it. The log gets a line for each mail,
`Message-ID<tab>recipient`, before the mail is answered for: what a sender was told of is in the file.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
RECIPIENT = re.compile(rb"rcpt to:\s*<([^>]*)>", re.IGNORECASE)
END = b"\r\n.\r\n"
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-SIZE 100000000\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}  # fmt: skip


class Sink:
    """What all connections have received; log is a file descriptor to append to, or None."""

    def __init__(self, log: int | None = None):
        self.log = log
        self.received = 0

    def take(self, recipient: bytes, content: bytes) -> None:
        self.received += 1
        if self.log is not None:
            found = MESSAGE_ID.search(content)
            os.write(self.log, (found[1] if found else b"-") + b"\t" + recipient + b"\n")


class Conversation(asyncio.Protocol):
    """One connection; commands may come one by one or several at a time (RFC 2920)."""

    def __init__(self, sink: Sink):
        self.sink = sink
        self.buffer = bytearray()
        self.recipient = b""
        self.in_message = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        searched = max(0, len(self.buffer) - len(END)) if self.in_message else 0
        self.buffer += data
        while (end := self.buffer.find(END if self.in_message else b"\r\n", searched)) >= 0:
            part = bytes(self.buffer[:end])
            del self.buffer[: end + len(END if self.in_message else b"\r\n")]
            searched = 0
            self.transport.write(self.message(part) if self.in_message else self.command(part))

    def message(self, content: bytes) -> bytes:
        self.in_message = False
        self.sink.take(self.recipient, content)
        return b"250 2.0.0 received %d\r\n" % self.sink.received

    def command(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        self.in_message = verb == b"DATA"
        if verb == b"RCPT" and (found := RECIPIENT.match(line)):
            self.recipient = found[1]
        if verb == b"HELP":
            return b"214 2.0.0 %d\r\n" % self.sink.received
        return ANSWERS.get(verb, b"250 2.0.0 ok\r\n")


async def serve(port: int, log: int | None) -> int:
    """Receive until SIGTERM or SIGINT; returns how many mails came."""
    sink, ended = Sink(log), asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ended.set)
    server = await loop.create_server(lambda: Conversation(sink), "127.0.0.1", port)
    print(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await ended.wait()
    server.close()
    return sink.received


@dataclass(frozen=True)
class Sinking:
    """A sink that runs; log is the file that it writes."""

    url: str
    log: Path | None

    def count(self) -> int:
        """How many mails it has received."""
        with smtplib.SMTP("127.0.0.1", int(self.url.rpartition(":")[2])) as smtp:
            return int(smtp.docmd("HELP")[1].split()[1])

    def received(self) -> list[tuple[str, str]]:
        """(Message-ID, recipient) of each mail in the order of receipt, from the log."""
        lines = self.log.read_text().splitlines() if self.log and self.log.exists() else []
        return [tuple(line.split("\t", 1)) for line in lines]

    def wait_for(self, count: int, seconds: float) -> None:
        """Wait until so many mails have come; raises TimeoutError."""
        until = time.monotonic() + seconds
        while self.count() < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.count()} of {count} mails came")
            time.sleep(0.02)


@contextmanager
def sinking(log: Path | None = None, port: int = 0) -> Iterator[Sinking]:
    """Run a sink as a process of its own until the block ends."""
    command = [sys.executable, "-m", "bench.sink", str(port), *(["--log", str(log)] if log else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            yield Sinking(process.stdout.readline().strip(), log)
        finally:
            process.terminate()
            process.wait()


def main(arguments: list[str]) -> None:
    port, log = int(arguments[0]), None
    if arguments[1:2] == ["--log"]:
        log = os.open(arguments[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    print(f"received {asyncio.run(serve(port, log))}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
