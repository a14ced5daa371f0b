"""What a stranger sends at length is never held: it is looked who they are before it is read. Of who is known, few long
bodies are taken at once."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from app.bodies import MOST_IN_ALL, MOST_OF_ONE, LongBodies
from app.errors import Busy, TooMany
from app.guard import MOST_OF_ANYBODY

PART, PARTS = 60_000, 30


class Part(bytes):
    """One that is counted as long as anybody holds it."""

    held = 0

    def __del__(self):
        Part.held -= 1


def most_held(client, portal, path: str, cookie: str = "") -> int:
    """Send a long body; returns how many of its parts were held at once."""
    most, left, Part.held = 0, PARTS, 0

    async def receive():
        nonlocal left, most
        if not left:
            return {"type": "http.disconnect"}
        left -= 1
        Part.held += 1
        most = max(most, Part.held)
        return {"type": "http.request", "body": Part(b"x" * PART), "more_body": left > 0}

    async def send(_message):
        pass

    told = {
        "host": "testserver", "origin": "http://testserver", "cookie": cookie,
        "content-length": str(PART * PARTS), "content-type": "multipart/form-data; boundary=k",
    }  # fmt: skip
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
    portal.call(client.app, {**scope, "headers": headers}, receive, send)
    return most


@pytest.mark.parametrize(
    ("path", "cookie"),
    [
        ("/m/nobody/answer", ""),
        ("/m/nobody/survey/answers", "g_nobody=" + "a" * 32),
        ("/m/nobody/not-you", "session=" + "a" * 43),
        ("/people/new", ""),
        ("/drafts", "session=" + "a" * 43),
        ("/sign-out", ""),
    ],
)
def test_a_long_body_of_a_stranger_is_not_held(client, portal, path, cookie):
    assert most_held(client, portal, path, cookie) <= 2


def test_one_of_who_is_known_is_read(client, portal, stage, opened, signed_in):
    page = opened(stage.otso_link)
    cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    assert most_held(client, portal, page + "/answer", cookies) == PARTS
    cookies = "; ".join(f"{one.name}={one.value}" for one in signed_in.cookies.jar)
    assert most_held(client, portal, "/people/new", cookies) == PARTS


class Slowly:
    """Requests that have sent a part of their bodies and wait, one after the other; then all of them end."""

    def __init__(self, client, portal, path: str, cookies: str = ""):
        self.client, self.portal, self.path, self.cookies = client, portal, path, cookies

    def answered(self, length: int, number: int, *, typed: str = "multipart/form-data; boundary=k") -> list[tuple]:
        """The status and Retry-After of each that was answered while the others waited."""
        return self.portal.call(self._answered, length, number, typed)

    async def _answered(self, length: int, number: int, typed: str) -> list[tuple]:
        self.ended, answers, tasks = asyncio.Event(), [], []
        for _each in range(number):
            waits = asyncio.Event()
            tasks.append(asyncio.create_task(self._ask(length, typed, waits, answers)))
            first = asyncio.create_task(waits.wait())
            await asyncio.wait([tasks[-1], first], return_when=asyncio.FIRST_COMPLETED)
            first.cancel()
        at_once, self.counted = list(answers), dict(self.client.app.state.bodies.senders)
        self.ended.set()
        await asyncio.gather(*tasks)
        return at_once

    async def _ask(self, length: int, typed: str, waits: asyncio.Event, answers: list) -> None:
        parts = [{"type": "http.request", "body": b"x" * 1000, "more_body": True}]

        async def receive():
            if parts:
                return parts.pop()
            waits.set()
            await self.ended.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                answers.append((message["status"], headers.get(b"retry-after", b"").decode()))

        told = {
            "host": "testserver", "origin": "http://testserver", "cookie": self.cookies, "content-type": typed,
            "content-length": str(length),
        }  # fmt: skip
        headers = [(name.encode(), value.encode()) for name, value in told.items()]
        scope = {"type": "http", "method": "POST", "path": self.path, "raw_path": self.path.encode()}
        await self.client.app({**scope, "query_string": b"", "headers": headers}, receive, send)


def cookies_of(client) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)


@pytest.fixture
def guest(client, portal, stage, opened):
    page = opened(stage.otso_link)
    return Slowly(client, portal, page + "/answer", cookies_of(client))


@pytest.fixture
def secretary(signed_in, portal):
    return Slowly(signed_in, portal, "/people/new", cookies_of(signed_in))


@pytest.mark.parametrize("who", ["guest", "secretary"])
def test_of_one_link_or_account_three_long_bodies_are_taken_at_once(request, client, who):
    slowly = request.getfixturevalue(who)
    for _time in range(2):  # and once they have ended, three more
        assert slowly.answered(2_000_000, MOST_OF_ONE + 2) == [(429, "60")] * 2
    bodies = client.app.state.bodies
    assert (dict(bodies.senders), bodies.bytes.total()) == ({}, 0)


@pytest.mark.parametrize("who", ["guest", "secretary"])
def test_ordinary_forms_are_not_counted(request, database, who):
    assert request.getfixturevalue(who).answered(MOST_OF_ANYBODY, 12) == []


@pytest.mark.parametrize(("who", "kind"), [("guest", "link"), ("secretary", "account")])
def test_of_all_together_so_much_is_taken(request, client, who, kind):
    slowly, bodies = request.getfixturevalue(who), client.app.state.bodies
    with ExitStack() as others:
        for number in range(10):
            others.enter_context(bodies.taken((kind, f"another {number}"), MOST_IN_ALL[kind] // 10))
        assert slowly.answered(2_000_000, 1) == [(503, "60")]
    assert slowly.answered(2_000_000, 1) == []


@pytest.mark.parametrize("cookie", ["", "session=" + "a" * 43])
def test_of_a_stranger_whose_form_is_kept_three_are_held(client, portal, cookie):
    """Who is led to sign in is shown what they had typed; what more comes from there is let pass unheld."""
    slowly = Slowly(client, portal, "/people/new", cookie)
    assert slowly.answered(900_000, MOST_OF_ONE + 2, typed="application/x-www-form-urlencoded") == []
    assert (slowly.counted, client.app.state.bodies.bytes.total()) == ({("nobody", ""): MOST_OF_ONE}, 0)


@pytest.mark.parametrize(
    ("held", "sender", "length", "outcome"),
    [
        ([], ("link", 1), 40_000_000, None),
        ([], ("link", 1), 40_000_001, Busy),
        ([(("link", 1), 4)] * 2, ("link", 1), 4, None),
        ([(("link", 1), 4)] * 3, ("link", 1), 4, TooMany),
        ([(("link", 1), 4)] * 3, ("link", 2), 4, None),
        ([(("link", 1), 4)] * 3, ("account", 1), 4, None),
        ([(("link", 1), 20_000_000)] * 2, ("link", 2), 1, Busy),
        ([(("link", 1), 20_000_000)] * 2, ("account", 1), 120_000_000, None),
        ([(("account", 1), 30_000_000)] * 3, ("account", 2), 30_000_001, Busy),
        ([], ("nobody", ""), 10_000_001, Busy),
    ],
)
def test_what_is_taken_at_once(held, sender, length, outcome):
    bodies, found = LongBodies(), None
    with ExitStack() as stack:
        for one, many in held:
            stack.enter_context(bodies.taken(one, many))
        try:
            with bodies.taken(sender, length):
                pass
        except (Busy, TooMany) as error:
            found = type(error)
    assert (found, bodies.bytes.total(), dict(bodies.senders)) == (outcome, 0, {})
