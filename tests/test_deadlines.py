"""Connections that do not come on are cut, whether they send or read: real server, real sockets."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from app import deadlines
from app.deadlines import Hasty


async def tells_who_asks(scope, receive, send) -> None:
    """An application that reads the body and answers with its length and with who asks."""
    if scope["type"] != "http":
        return
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"40")]})
    await send({"type": "http.response.body", "body": f"{length} from {scope['client'][0]}".ljust(40).encode()})


ANSWER = bytes(12_000_000)  # more than any system keeps between two ends


async def tells_much(scope, receive, send) -> None:
    """An application that answers with twelve megabytes: at once to /whole, else in pieces."""
    size = len(ANSWER) if scope["path"] == "/whole" else 64 * 1024
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(ANSWER))]})
    for start in range(0, len(ANSWER), size):
        piece, more = ANSWER[start : start + size], start + size < len(ANSWER)
        await send({"type": "http.response.body", "body": piece, "more_body": more})


@contextmanager
def served(app=tells_who_asks, **how) -> Iterator[tuple[str, int]]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, http=Hasty, log_config=None, lifespan="off", **how))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield held.getsockname()
        server.should_exit = True
        thread.join()


@pytest.fixture
def hasty(monkeypatch) -> Iterator[tuple[str, int]]:
    """A server with deadlines of half a second, and a second for bodies."""
    monkeypatch.setattr(deadlines, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(deadlines, "BODY_SECONDS", 1.0)
    with served() as address:
        yield address


def seconds_until_cut(address, beginning: bytes, drip: bytes = b"") -> float:
    """Send a beginning, then drip for ever; return after how long the server closes."""
    with socket.create_connection(address) as line:
        begun = time.monotonic()
        line.sendall(beginning)
        line.settimeout(0.1)
        while time.monotonic() - begun < 10:
            try:
                if drip:
                    line.sendall(drip)
                if line.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        return time.monotonic() - begun


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("beginning", "drip", "least", "most"),
    [
        (b"", b"", 0.5, 3),
        (b"GET / HTTP/1.1\r\nHost:", b"", 0.5, 3),
        (b"GET / HTTP/1.1\r\nHost:", b"x", 0.5, 3),
        (HEAD + b"\r\n", b"", 1.0, 4),
        (HEAD + b"\r\nabc", b"x", 1.0, 4),
    ],
    ids=["nothing", "half a head", "a head letter by letter", "no body", "a body letter by letter"],
)
def test_who_does_not_come_on_is_cut(hasty, beginning, drip, least, most):
    assert least <= seconds_until_cut(hasty, beginning, drip) < most


@pytest.fixture
def pouring(monkeypatch) -> Iterator[tuple[str, int]]:
    """A server that has much to say, and half a second and a pace of 100 MB a second for who reads."""
    monkeypatch.setattr(deadlines, "READ_SECONDS", 0.5)
    monkeypatch.setattr(deadlines, "BYTES_A_SECOND", 100_000_000)
    with served(tells_much) as address:
        yield address


def seconds_until_reset(address, requests: bytes, drip: int = 0) -> float:
    """Ask, then read nothing, or little by little; return after how long the server lets go, not more than 4 s."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(address)
        line.sendall(requests)
        begun = time.monotonic()
        seen = select.poll()
        seen.register(line, select.POLLHUP | select.POLLERR)
        while time.monotonic() - begun < 4 and not seen.poll(50):
            if drip:
                line.recv(drip)
        return time.monotonic() - begun


@pytest.mark.parametrize(
    ("path", "drip"),
    [(b"/whole", 0), (b"/whole", 2000), (b"/pieces", 0), (b"/pieces", 2000)],
    ids=["nothing of one body", "a body little by little", "nothing of pieces", "pieces little by little"],
)
def test_who_does_not_read_on_is_cut(pouring, path, drip):
    request = b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert 0.5 <= seconds_until_reset(pouring, request, drip) < 3


@pytest.mark.parametrize("path", ["/whole", "/pieces"])
def test_who_reads_on_gets_it_whole(pouring, path):
    with socket.create_connection(pouring) as line:
        for _request in range(2):
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            got = b""
            while len(got.partition(b"\r\n\r\n")[2]) < len(ANSWER):
                got += line.recv(1_000_000)
            assert got.partition(b"\r\n\r\n")[2] == ANSWER


def read(line: socket.socket) -> bytes:
    """Return the forty letters of one answer."""
    got = b""
    while len(got.partition(b"\r\n\r\n")[2]) < 40:
        got += line.recv(10_000)
    return got.partition(b"\r\n\r\n")[2].strip()


def answer_to(address, request: bytes, pauses: int = 0) -> bytes:
    with socket.create_connection(address) as line:
        for start in range(0, len(request), max(len(request) // (pauses + 1), 1)):
            line.sendall(request[start : start + max(len(request) // (pauses + 1), 1)])
            time.sleep(0.3 if pauses else 0)
        return read(line)


@pytest.mark.long
def test_a_long_body_that_comes_on_is_taken_whole(hasty):
    body = bytes(100_000)
    request = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n" + body
    assert answer_to(hasty, request, pauses=6) == b"100000 from 127.0.0.1"


def test_one_connection_takes_requests_after_pauses(hasty):
    with socket.create_connection(hasty) as line:
        for _request in range(3):
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert read(line) == b"0 from 127.0.0.1"
            time.sleep(0.7)  # longer than a head may take, shorter than a connection may rest
