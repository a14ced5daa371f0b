"""Who asks, where proxies stand between: only a listed one says it, and only an address is one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.forwarding import networks_of, who_asks
from app.main import create_app
from app.proxies import Believing

ONE = ("10.0.0.2",)
TWO = ("10.0.0.2", "10.0.1.0/30", "2001:db8::2")


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "who"),
    [
        ((), "10.0.0.2", "203.0.113.7", "10.0.0.2"),
        (ONE, "10.0.0.3", "203.0.113.7", "10.0.0.3"),
        (ONE, "10.0.0.2", "203.0.113.7", "203.0.113.7"),
        (ONE, "10.0.0.2", "", "10.0.0.2"),
        (ONE, "10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (ONE, "10.0.0.2", "198.51.100.1,203.0.113.7 ,, ", "203.0.113.7"),
        (TWO, "10.0.0.2", "198.51.100.1, 203.0.113.7, 10.0.1.1", "203.0.113.7"),
        (TWO, "10.0.0.2", "10.0.1.2, 10.0.1.1", "10.0.0.2"),
        (TWO, "10.0.0.2", "198.51.100.1, 203.0.113.7, 10.0.1.4", "10.0.1.4"),
        (TWO, "2001:db8::2", "203.0.113.7", "203.0.113.7"),
        (TWO, "2001:db8:0:0::2", "2001:DB8:0::7", "2001:db8::7"),
        # ports, brackets, IPv4 on a socket of both kinds
        (ONE, "10.0.0.2", "203.0.113.7:4711", "203.0.113.7"),
        (ONE, "10.0.0.2", "[2001:db8::7]:4711", "2001:db8::7"),
        (ONE, "10.0.0.2", "[2001:db8::7]", "2001:db8::7"),
        (ONE, "10.0.0.2", "::ffff:203.0.113.7", "203.0.113.7"),
        (ONE, "10.0.0.2", "203.0.113.7, [::ffff:10.0.0.2]:80", "203.0.113.7"),
        (ONE, "::ffff:10.0.0.2", "203.0.113.7", "203.0.113.7"),
        ((), "::ffff:203.0.113.7", "", "203.0.113.7"),
        ((), "fe80::1%eth0", "", "fe80::1"),
        # what is no address
        (ONE, "10.0.0.2", "unknown", "10.0.0.2"),
        (ONE, "10.0.0.2", "203.0.113.7, unknown", "10.0.0.2"),
        (ONE, "10.0.0.2", "203.0.113.7, " + "x" * 90, "10.0.0.2"),
        (ONE, "10.0.0.2", "fe80::1%" + "x" * 90, "10.0.0.2"),
        (ONE, "10.0.0.2", "[203.0.113.7", "10.0.0.2"),
        (ONE, "10.0.0.2", "[]:1", "10.0.0.2"),
        (ONE, "10.0.0.2", "203.0.113.7:80:80", "10.0.0.2"),
        (ONE, "10.0.0.2", "_hidden", "10.0.0.2"),
        (ONE, "10.0.0.2", "for=203.0.113.7", "10.0.0.2"),
        (ONE, "10.0.0.2", "٢٠٣.0.113.7", "10.0.0.2"),
        (ONE, "testclient", "203.0.113.7", "testclient"),
    ],
)
def test_only_a_listed_proxy_says_who_asks(proxies, peer, told, who):
    assert who_asks(peer, told, networks_of(proxies)) == who


def told(proxies: tuple[str, ...], *headers: tuple[bytes, bytes]) -> dict:
    """What the application is told of a request that came from 10.0.0.2."""
    seen: dict = {}

    async def app(scope, receive, send):
        seen.update(scope)

    scope = {"type": "http", "scheme": "http", "client": ("10.0.0.2", 4711), "headers": list(headers)}
    asyncio.run(Believing(app, proxies)(scope, None, None))
    return seen


@pytest.mark.parametrize(
    ("headers", "who"),
    [
        ([(b"x-forwarded-for", b"198.51.100.1"), (b"x-forwarded-for", b"203.0.113.7")], "203.0.113.7"),
        ([(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-for", b"\xff")], "10.0.0.2"),
        ([(b"x-real-ip", b"203.0.113.7")], "10.0.0.2"),
        ([(b"forwarded", b"for=203.0.113.7;proto=https"), (b"x-forwarded-proto", b"https")], "10.0.0.2"),
    ],
)
def test_a_proxy_tells_who_asks_by_one_header_and_nothing_else(headers, who):
    seen = told(ONE, *headers)
    assert (seen["client"], seen["scheme"]) == ((who, 4711), "http")


def test_the_application_is_told_before_all_else(settings, database):
    first = create_app(replace(settings, proxies=ONE), database, post=False).user_middleware[0]
    assert (first.cls, first.kwargs) == (Believing, {"proxies": ONE})
