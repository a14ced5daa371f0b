"""How the tests ask the application: Starlette's client, but a request goes to the event loop once and comes back once.

Starlette's own goes there and back eight times, to hand out a body while it is made; here it is read whole.
"""

from __future__ import annotations

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, BaseTransport, ByteStream, Request, Response


class Client(TestClient):
    """A browser without a window, which knows its application's event loop."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, **how):
        super().__init__(app, **how)
        self.portal = portal
        self._transport = OneWay(app, portal)


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
