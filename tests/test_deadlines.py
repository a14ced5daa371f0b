"""Connections that do not come on are cut, and a proxy is believed only if it is listed: real server, real sockets."""

from __future__ import annotations

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


@contextmanager
def served(**how) -> Iterator[tuple[str, int]]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(tells_who_asks, http=Hasty, log_config=None, lifespan="off", **how))
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


@pytest.mark.parametrize(
    ("proxies", "header", "who"),
    [
        ([], b"X-Forwarded-For: 203.0.113.7", b"127.0.0.1"),
        (["127.0.0.1"], b"X-Forwarded-For: 203.0.113.7", b"203.0.113.7"),
        (["127.0.0.1"], b"X-Forwarded-For: 198.51.100.1, 203.0.113.7", b"203.0.113.7"),
        (["127.0.0.1", "203.0.113.0/24"], b"X-Forwarded-For: 198.51.100.1, 203.0.113.7", b"198.51.100.1"),
        (["10.0.0.1"], b"X-Forwarded-For: 203.0.113.7", b"127.0.0.1"),
        (["127.0.0.1"], b"X-Real-IP: 203.0.113.7", b"127.0.0.1"),
        (["127.0.0.1"], b"Forwarded: for=203.0.113.7", b"127.0.0.1"),
    ],
)
def test_only_a_listed_proxy_says_who_asks(proxies, header, who):
    request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + b"\r\n\r\n"
    with served(proxy_headers=bool(proxies), forwarded_allow_ips=proxies) as address:
        assert answer_to(address, request) == b"0 from " + who
