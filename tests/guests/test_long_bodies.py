"""What a stranger sends at length is never held: it is looked who they are before it is read."""

from __future__ import annotations

import pytest

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
