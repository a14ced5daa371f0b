"""Cuts connections whose requests do not come on: uvicorn itself waits for them for ever.

RFC 9112 section 9.5 leaves a server free to close at any time. Two hundred connections that send a letter a second
would otherwise keep everybody else out.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # from the first byte (or the connection) until a request's head is whole
BODY_SECONDS = 30.0  # for a body, and more for a long one that comes at this pace
BYTES_A_SECOND = 16_000


class Hasty(H11Protocol):
    """uvicorn's own protocol with a deadline for each request."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.awaited: str | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.begun, self.received = 0.0, 0

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self._await("head")

    def connection_lost(self, exc: Exception | None) -> None:
        self._await(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)
        self._await({h11.IDLE: "head", h11.SEND_BODY: "body"}.get(self.conn.their_state))

    def _await(self, part: str | None) -> None:
        if part == self.awaited:
            return
        if self.timer:
            self.timer.cancel()
        self.awaited, self.timer = part, None
        if part:
            self.begun, self.received = self.loop.time(), 0
            self.timer = self.loop.call_later(HEAD_SECONDS if part == "head" else BODY_SECONDS, self._cut)

    def _cut(self) -> None:
        left = BODY_SECONDS + self.received / BYTES_A_SECOND - (self.loop.time() - self.begun)
        if self.awaited == "body" and left > 0:
            self.timer = self.loop.call_later(left, self._cut)
        else:
            self.transport.abort()
