"""Cuts connections whose requests do not come on, or whose answers are not read: uvicorn itself waits for ever.

RFC 9112 section 9.5 leaves a server free to close at any time. Two hundred connections that send a letter a second
would otherwise keep everybody else out, and two thousand that ask and never read.
"""

from __future__ import annotations

import asyncio
import socket
import struct

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # from the first byte (or the connection) until a request's head is whole
BODY_SECONDS = 30.0  # for a body, and more for a long one that comes at this pace
READ_SECONDS = 30.0  # for which an answer may wait to be read, and more for a long one that is read at this pace
BYTES_A_SECOND = 16_000
AT_ONCE = struct.pack("ii", 1, 0)  # socket(7), SO_LINGER: the system, too, forgets what nobody reads


class Hasty(H11Protocol):
    """uvicorn's own protocol with a deadline for each request, and one for each answer."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.awaited: str | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.begun, self.received = 0.0, 0
        self.reading = Reading(self.loop)

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # writing is paused as long as anything at all waits to be read
        self._await("head")

    def connection_lost(self, exc: Exception | None) -> None:
        self._await(None)
        self.reading.goes_on(done=True)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)
        self._await({h11.IDLE: "head", h11.SEND_BODY: "body"}.get(self.conn.their_state))

    def pause_writing(self) -> None:
        super().pause_writing()
        self.reading.waits(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        self.reading.goes_on(done=self.cycle is None or self.cycle.response_complete)

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


class Reading:
    """How long one connection has let an answer wait: all its waits together, so that no piece begins anew."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.timer: asyncio.TimerHandle | None = None
        self.since, self.waited, self.owed = 0.0, 0.0, 0

    def waits(self, transport: asyncio.Transport) -> None:
        """Something waits to be read; whoever lets it wait too long is cut."""
        self.since = self.loop.time()
        self.owed += transport.get_write_buffer_size()
        left = READ_SECONDS + self.owed / BYTES_A_SECOND - self.waited
        self.timer = self.loop.call_later(left, _let_go, transport)

    def goes_on(self, *, done: bool) -> None:
        """Everything has been read that was written; done: the answer is whole, and the next one begins anew."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
            self.waited += self.loop.time() - self.since
        if done:
            self.waited, self.owed = 0.0, 0


def _let_go(transport: asyncio.Transport) -> None:
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    transport.abort()
