"""Cuts a connection when its time is up: a socket's own timeout begins anew with each byte."""

from __future__ import annotations

import socket
import threading
import time
from math import inf


class Watchdog(threading.Thread):
    """One thread a connection. It is told anew of each deadline, and sleeps through all but the one that is missed."""

    def __init__(self, connection: socket.socket):
        super().__init__(name="watchdog", daemon=True)
        self.line = connection.dup()  # the same connection whatever is wrapped around the other end of it, as TLS is
        self.deadline = inf
        self.wakes_at = inf
        self.bell = threading.Condition()
        self.ended = False
        self.has_cut = False

    def allow(self, until: float) -> None:
        """Let the connection live until then (time.monotonic), in place of what was said before."""
        self.deadline = until
        if until < self.wakes_at:
            with self.bell:
                self.bell.notify()

    def run(self) -> None:
        with self.bell:
            while not self.ended:
                self.wakes_at = inf  # first: a deadline that is told of from here on rings
                self.wakes_at = deadline = self.deadline
                left = deadline - time.monotonic()
                if left <= 0:
                    self._cut()
                    return
                self.bell.wait(None if left == inf else min(left, threading.TIMEOUT_MAX))

    def _cut(self) -> None:
        self.has_cut = True
        try:
            self.line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other side was quicker

    def stop(self) -> None:
        """Let go of the connection."""
        with self.bell:
            self.ended = True
            self.bell.notify()
            self.line.close()
