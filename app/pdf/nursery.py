"""A process that has WeasyPrint loaded and forks a fresh child for each render.

multiprocessing's own forkserver would do, but its children run the program's main module again, whatever that is.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).parents[2]
NICE = 15


class Nursery:
    """Starts with the first child asked for, ends with this process, and starts again if it has died."""

    def __init__(self):
        self._lock = Lock()
        self._process: subprocess.Popen | None = None
        self._channel: socket.socket | None = None

    def child(self) -> Connection:
        """Return the line to a new child (`app.pdf.renderer.serve`). Raises OSError if there can be none."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            socket.send_fds(self._channel, [b"."], [theirs.fileno()])
        return Connection(ours.detach())

    def _start(self) -> None:
        if self._channel:
            self._channel.close()
        self._channel, theirs = socket.socketpair()
        with theirs:
            # the fixed seed makes equal papers equal bytes; a session of its own keeps the terminal's signals away
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "app.pdf.renderer", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT,
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
                start_new_session=True,
            )  # fmt: skip
            # whoever reads a page goes before it and its children
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICE)
