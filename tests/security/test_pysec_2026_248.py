"""PYSEC-2026-248 (Starlette): a path such as `@evil.example` became the host of the request's own address.

Here no answer to such a path leads anywhere else, and none is let in by it.
"""

from __future__ import annotations

import pytest

PATHS = [
    "@evil.example",
    "@evil.example/people",
    "//evil.example/people",
    "http://evil.example/people",
    ":80@evil.example/",
    ".evil.example/people",
    "\\evil.example/people",
    "*",
    "",
    "people",
    "/@evil.example",
    "/people/@evil.example",
    "/./people",
    "/../people",
    "/people/..;/1",
    "/%70eople",
    "/people/1;a=b",
    "/people%2f1",
    "/people/ 1",
    "/PEOPLE",
]


def answered(portal, app, path: str, method: str = "GET") -> dict:
    """What the application itself answers to a path as it came over the line."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "headers": [(b"host", b"testserver"), (b"origin", b"http://testserver"), (b"content-length", b"0")],
        "client": ("testclient", 1),
        "server": ("testserver", 80),
        "root_path": "",
        "http_version": "1.1",
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    portal.call(app, scope, receive, send)
    return {"status": sent[0]["status"]} | {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_odd_path_leads_nowhere_else(client, app, portal, world, path, method):
    told = answered(portal, app, path, method)
    assert told["status"] in (303, 400, 404, 405)
    location = told.get("location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\"))
