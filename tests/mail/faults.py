"""The ways in which a mail server misbehaves, as things it does at a line of the conversation."""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.mail.certificates import server_context
from tests.mail.servers import misbehaving

Doing = Callable[[socket.socket], object]


def at(line: str, do: Doing, offers: str = "") -> AbstractContextManager[str]:
    """A server that does this at the first line that begins so, each time; offers are the lines of its EHLO reply."""
    offered = "".join(f"250-{offer}\r\n" for offer in offers.split(",") if offer) + "250 HELP\r\n"

    def behave(connection: socket.socket, said: str) -> bool:
        if said.upper().startswith(line.upper()):
            do(connection)
            return True
        if said.startswith("ehlo"):
            connection.sendall(b"250-here\r\n" + offered.encode())
            return True
        return False

    return misbehaving(behave)


def called(server: AbstractContextManager[str], part: str, other: str) -> AbstractContextManager[str]:
    """The same server by another address: with a part of it replaced."""

    @contextmanager
    def renamed() -> Iterator[str]:
        with server as url:
            yield url.replace(part, other)

    return renamed()


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    yield f"smtp://127.0.0.1:{port}"


@contextmanager
def crowded() -> Iterator[str]:
    """A server that takes no more connections: they come to be neither refused nor accepted."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        for one in waiting:
            one.close()


def hang(connection: socket.socket) -> None:
    """Read nothing and say nothing, for longer than anybody waits here."""
    time.sleep(3)


def pause(connection: socket.socket) -> None:
    """Let the other side see that the connection is made."""
    time.sleep(0.05)


def silent(connection: socket.socket) -> None:
    """Go on reading, and say nothing."""


def drop(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def reset(connection: socket.socket) -> None:
    """Break the connection off in the middle (RST)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())  # whoever holds a file of it would keep it open
    raise ConnectionResetError


def say(text: str) -> Doing:
    """Answer with lines, parted by `|`."""
    return lambda connection: connection.sendall(b"".join(f"{line}\r\n".encode() for line in text.split("|")))


def say_bytes(content: bytes) -> Doing:
    return lambda connection: connection.sendall(content)


def hear(connection: socket.socket) -> None:
    """Wait until something comes."""
    connection.recv(4096)


def in_turn(*doings: Doing) -> Doing:
    def do(connection: socket.socket) -> None:
        for doing in doings:
            doing(connection)

    return do


def byte_by_byte(text: str, pause: float = 0.0) -> Doing:
    def drip(connection: socket.socket) -> None:
        for byte in f"{text}\r\n".encode():
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return drip


def late(text: str, seconds: float) -> Doing:
    """Answer after a time."""

    def answer(connection: socket.socket) -> None:
        time.sleep(seconds)
        say(text)(connection)

    return answer


def endless(line: str) -> Doing:
    """Answer with the same line of a reply for ever, or for as long as somebody reads."""

    def answer(connection: socket.socket) -> None:
        for _ in range(100_000):
            connection.sendall(f"{line}\r\n".encode())

    return answer


def start_tls(connection: socket.socket) -> None:
    """Go over to TLS with a certificate that nobody trusts unless told."""
    connection.sendall(b"220 go on\r\n")
    server_context().wrap_socket(connection, server_side=True)
