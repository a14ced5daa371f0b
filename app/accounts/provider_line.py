"""The line to the organisation's sign-in: all of it within one deadline, and each answer within a length.

A timeout of requests is one for each piece: a provider that sends a letter now and then would hold a thread for hours.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Lock, Timer
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

MOST_BYTES = 500_000


@contextmanager
def bounded(client: requests.Session, seconds: float) -> Iterator[None]:
    """Let a client ask only as long as this, all its requests together; whatever it still waits for then breaks off as
    requests.RequestException, and so does an answer that is too long."""
    held = _Held()
    timer = Timer(seconds, held.cut)
    timer.daemon = True
    timer.start()
    for scheme in ("http://", "https://"):
        client.mount(scheme, _Bounded(held.watch))
    try:
        yield
    finally:
        timer.cancel()
        held.cut()


class _Held:
    """The connections that are open, each by a copy of its socket: TLS takes the socket itself away."""

    def __init__(self) -> None:
        self._lock, self._over = Lock(), False
        self._sockets: list[socket.socket] = []

    def watch(self, line: socket.socket) -> None:
        with self._lock:
            self._sockets.append(line.dup())
        if self._over:
            self.cut()

    def cut(self) -> None:
        with self._lock:
            self._over = True
            for line in self._sockets:
                with line, suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            self._sockets.clear()


class _Bounded(HTTPAdapter):
    def __init__(self, watch: Callable[[socket.socket], None]):
        self._pools = _pools(watch)
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **more: Any) -> Any:
        manager = super().proxy_manager_for(*args, **more)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        answer = super().send(request, *args, **more | {"stream": True})
        try:
            content = answer.raw.read(MOST_BYTES + 1, decode_content=True)
        except (HTTPError, OSError) as error:
            raise requests.ConnectionError(error, request=request) from error
        finally:
            answer.raw.close()
        if len(content) > MOST_BYTES:
            raise requests.RequestException("too long", request=request)
        answer.raw = BytesIO(content)
        return answer


def _pools(watch: Callable[[socket.socket], None]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            line = super()._new_conn()
            watch(line)
            return line

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            line = super()._new_conn()
            watch(line)
            return line

    plain = type("Plains", (HTTPConnectionPool,), {"ConnectionCls": Plain})
    secure = type("Secures", (HTTPSConnectionPool,), {"ConnectionCls": Secure})
    return {"http": plain, "https": secure}
