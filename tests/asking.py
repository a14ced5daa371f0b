"""How the tests ask the application: Starlette's client, but a request goes to the event loop once and comes back once.

Starlette's own goes there and back eight times, to hand out a body while it is made; here it is read whole.
"""

from __future__ import annotations

from html.parser import HTMLParser

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, BaseTransport, ByteStream, Request, Response

from app.guests.guessing import Guesses


def let_machines_ask(app: FastAPI) -> None:
    """Let a test ask for every paper and export within one minute, as nobody does (app/dear.py)."""
    app.state.dear = Guesses(10**6, most=10**6)


class Client(TestClient):
    """A browser without a window, which knows its application's event loop."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, **how):
        super().__init__(app, **how)
        self.portal = portal
        self._transport = OneWay(app, portal)

    def post(self, url, *, data=None, **how) -> Response:
        """Post as who has the form open: one that must say what it was made from is sent from the page that shows it.

        The page is that which answers a form without a version, and nothing has been saved then; `request("POST", …)`
        posts what it is given and no more."""
        answer = super().post(url, data=data, **how)
        if answer.status_code != 428 or not (version := version_in(answer.text, str(answer.request.url.path))):
            return answer
        return super().post(url, data=dict(data or {}) | {"version": version}, **how)


class Forms(HTMLParser):
    """The hidden versions of a page's forms, by the address that each is sent to; "" for the page's own."""

    def __init__(self):
        super().__init__()
        self.versions: dict[str, str] = {}
        self.at = ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self.at = (values.get("action") or "").partition("?")[0]
        if tag == "input" and values.get("name") == "version":
            self.versions[self.at] = values.get("value") or ""


def version_in(page: str, path: str) -> str:
    """Return the version that a page's form for an address carries; empty where there is none."""
    forms = Forms()
    forms.feed(page)
    return forms.versions.get(path) or forms.versions.get("", "")


class OneWay(BaseTransport):
    """Answers by the application itself; raises what it raises."""

    def __init__(self, app: FastAPI, portal: BlockingPortal):
        self.asked = ASGITransport(app, client=("testclient", 50000))
        self.portal = portal

    def handle_request(self, request: Request) -> Response:
        return self.portal.call(self.answer, request)

    async def answer(self, request: Request) -> Response:
        request.read()  # what is uploaded, into memory: an event loop reads no other
        answer = await self.asked.handle_async_request(request)
        body = ByteStream(b"".join([part async for part in answer.stream]))
        return Response(answer.status_code, headers=answer.headers, stream=body)


def status_of(client: Client, portal: BlockingPortal, **scope) -> int:
    """The status of what no client can send: an ASGI request as a server would hand it over, its sender gone."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    portal.call(client.app, {"type": "http", "query_string": b"", **scope}, receive, send)
    return sent[0]["status"]
