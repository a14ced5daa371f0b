"""Server CPU a request, Koolle's and the bare page's, in turns in one run."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.convening import prepare

ROUNDS = 7
REQUESTS = 60
PAGES = {"letter": "invitee's page shown", "answer": "answer saved", "event": "event page shown"}
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def cpu(pid: int) -> float:
    """CPU seconds of a process so far, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Served:
    """One of the applications in a process of its own, on a database of its own."""

    def __init__(self, which: str, folder: Path):
        self.port = free_port()
        self.tokens, session = prepare(folder, self.port)
        self.process = subprocess.Popen([sys.executable, "-m", "bench.serve", which, str(folder), str(self.port)])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.cookies = {"session": session}
        self.public_ids = self._public_ids(folder)
        self.wait()

    def _public_ids(self, folder: Path) -> list[str]:
        import sqlite3

        with sqlite3.connect(folder / "koolle.db") as connection:
            ids = [row[0] for row in connection.execute("SELECT public_id FROM personal_links ORDER BY id")]
        self.cookies |= {f"g_{public_id}": token for public_id, token in zip(ids, self.tokens, strict=True)}
        return ids

    def wait(self) -> None:
        for _attempt in range(200):
            try:
                self.request("GET", "/nothing", expected=404)
                return
            except OSError:
                self.connection.close()
                time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def request(self, method: str, path: str, data: dict[str, str] | None = None, *, expected: int) -> None:
        named = [name for name in self.cookies if name == "session" or name[2:] in path]
        headers = {"Cookie": "; ".join(f"{name}={self.cookies[name]}" for name in named), "Accept-Language": "fi"}
        headers["Origin"] = f"http://127.0.0.1:{self.port}"
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(data) if data else None, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != expected:
            raise AssertionError(f"{method} {path}: {answer.status}, not {expected}")

    def spent(self, what: str) -> float:
        """Milliseconds of CPU that one request took, over REQUESTS of them."""
        self.connection.close()  # the server has let it go while the other one was measured
        before = cpu(self.process.pid)
        for number in range(REQUESTS):
            public_id = self.public_ids[number % len(self.public_ids)]
            if what == "letter":
                self.request("GET", f"/m/{public_id}", expected=200)
            elif what == "answer":
                answer = {"public_id": public_id, "answer": ("coming", "declined")[number // 15 % 2]}
                self.request("POST", f"/m/{public_id}/answer", answer, expected=303)
            else:
                self.request("GET", "/events/1", expected=200)
        return (cpu(self.process.pid) - before) * 1000 / REQUESTS

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def measure() -> None:
    """Print CPU a request of both, and the ratio of the medians."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        koolle, bare = Served("koolle", Path(ours)), Served("bare", Path(theirs))
        try:
            for served in (koolle, bare):
                for what in ("letter", "answer", "event"):
                    served.spent(what)
            print(f"CPU a request, ms: median of {ROUNDS} rounds of {REQUESTS} (lowest to highest)")
            for what, words in PAGES.items():
                rounds = [(koolle.spent(what), bare.spent(what)) for _round in range(ROUNDS)]
                mine, plain = [one for one, _ in rounds], [one for _, one in rounds]
                ratio = median(mine) / median(plain)
                spans = [f"{median(row):5.2f} ({min(row):.2f} to {max(row):.2f})" for row in (mine, plain)]
                print(f"  {words:22} Koolle {spans[0]}   bare {spans[1]}   ratio {ratio:.2f} (aim: at most 1.5)")
        finally:
            koolle.stop()
            bare.stop()
