"""Forms of several parts as no browser sends them, and what the server's own process spends on one."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from httpx2 import Response

HEAD = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nfi\r\n'
END = b"--x--\r\n"
KIND = "multipart/form-data; boundary=x"


def posted(client, body: bytes, kind: str = KIND, path: str = "/language") -> Response:
    return client.post(path, content=body, headers={"Content-Type": kind})


def spent(act: Callable[[], Response]) -> tuple[int, float]:
    """The status of an answer, and the seconds of a processor that it took."""
    begun = time.process_time()
    status = act().status_code
    return status, time.process_time() - begun


def grown(act: Callable[[], Response]) -> tuple[int, int]:
    """The status of an answer, and by how many bytes the process's peak grew."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = act().status_code
    return status, 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
