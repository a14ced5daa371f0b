"""Tells every request who asks, by the other end of its connection and by listed proxies (KOOLLE_PROXIES)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.forwarding import networks_of, who_asks


def asks_from(scope: Scope) -> str:
    """Return the address that asks, as Believing has told it; empty where the server knows none."""
    client = scope.get("client")
    return client[0] if client else ""


class Believing:
    """Believes X-Forwarded-For of whom is listed, and nothing else that a proxy says: by which scheme and name we are
    reached, KOOLLE_BASE_URL says."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]):
        self.app = app
        self.proxies = networks_of(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope.get("client"):
            peer, port = scope["client"]
            told = ",".join(Headers(scope=scope).getlist("x-forwarded-for")) if self.proxies else ""
            scope["client"] = who_asks(peer, told, self.proxies), port
        await self.app(scope, receive, send)
