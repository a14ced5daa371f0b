"""Mail servers for tests: one that keeps what it gets (aiosmtpd), and one that misbehaves at a line as it is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Keeping:
    """Keeps (recipients, bytes) of each mail; refuses what `refusals` names by address."""

    def __init__(self):
        self.mails: list[tuple[list[str], bytes]] = []
        self.refusals: dict[str, str] = {}
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return f"250 2.0.0 kept as {len(self.mails)}"


@contextmanager
def keeping() -> Iterator[tuple[str, Keeping]]:
    """Yield the address of a server that keeps mails, and what it keeps."""
    kept = Keeping()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}", kept
    finally:
        controller.stop()


@contextmanager
def misbehaving(behave: Callable[[socket.socket, str], bool]) -> Iterator[str]:
    """Yield the address of a server that answers 250 to all, unless behave(connection, line) says it did the answering.

    A line is one command; `connected` comes before the first, `message` before what follows DATA, `.` at its end.
    behave may close the connection, or say nothing for ever. Little of what is not read fits on the line.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    threading.Thread(target=_serve, args=(listener, behave), daemon=True).start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def _serve(listener: socket.socket, behave: Callable[[socket.socket, str], bool]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_converse, args=(connection, behave), daemon=True).start()


def _converse(connection: socket.socket, behave: Callable[[socket.socket, str], bool]) -> None:
    in_message = False
    try:
        if not behave(connection, "connected"):
            connection.sendall(b"220 here\r\n")
        for raw in connection.makefile("rb"):
            line = raw.decode(errors="replace").strip()
            if in_message and line != ".":
                continue
            in_message = False
            if behave(connection, line):
                continue
            in_message = line == "DATA"
            connection.sendall(b"354 go on\r\n" if in_message else b"250 fine\r\n")
            if in_message:
                behave(connection, "message")
    except OSError:
        return


def heard(offers: str = ""):
    """A server that accepts all, and the lines that it heard."""
    lines: list[str] = []

    def behave(connection: socket.socket, line: str) -> bool:
        lines.append(line)
        if line.startswith("ehlo"):
            connection.sendall("".join(f"250-{offer}\r\n" for offer in ["here", *offers.split(",")]).encode())
        return False

    return misbehaving(behave), lines
