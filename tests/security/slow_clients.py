"""`make slow-clients`: what a served Koolle feels of 500 slow sockets, and of bodies that are too long.

A real process is started with example events. Figures: p95 of pages asked one after the other, alone and beside 500
slow sockets (a third idle, a third with half a head, a third with half a body, a letter a second, and among them every
hundredth that asks for much and reads a letter a second; whoever is cut comes again), and how much memory it takes at
most over hostile bodies of 30 MB, while somebody else asks for a page.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode
from urllib.request import urlopen

SLOW, PAGES = 500, 300
MEGA = 1_000_000
HEAD = b"POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"Content-Type: multipart/form-data; boundary=k\r\n"
FILE = b'--k\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
PART = b'--k\r\nContent-Disposition: form-data; name="a"\r\n\r\n'


@contextmanager
def demo(port: int) -> Iterator[int]:
    """Serve the demo; yields the process's number once it answers."""
    with tempfile.TemporaryDirectory() as folder:
        served = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "app", "demo", "--port", str(port)],
            env=os.environ | {"KOOLLE_DATA": folder}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            while served.poll() is None:
                with suppress(OSError):
                    ask(port, "/sign-in")
                    break
                time.sleep(0.2)
            yield served.pid
        finally:
            served.terminate()
            served.wait()


def ask(port: int, path: str, cookie: str = "", body: str | None = None) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    line.request("POST" if body else "GET", path, body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.getheader("Set-Cookie") or ""


def p95(port: int, cookie: str) -> tuple[float, int]:
    """Milliseconds that 95 of 100 pages take at most, and how many were not answered with one."""
    took, failed = [], 0
    for number in range(PAGES):
        begun = time.perf_counter()
        try:
            failed += ask(port, ("/", "/people", "/follow-ups")[number % 3], cookie)[0] != 200
        except OSError:
            failed += 1
        took.append((time.perf_counter() - begun) * 1000)
    return quantiles(took, n=20)[-1], failed


class Slow(threading.Thread):
    """Five hundred sockets that send or read a letter a second, and come again when they are cut."""

    def __init__(self, port: int):
        super().__init__(daemon=True)
        self.port, self.lines, self.going, self.cut = port, {}, True, 0
        head = HEAD % (b"/imports", port, port)
        asked = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (largest(port), port)
        self.beginnings = b"", head, head + FORM + b"Content-Length: 9999\r\n\r\na="
        self.asked = asked * 100

    def run(self) -> None:
        while self.going:
            for number in range(SLOW):
                try:
                    self.drip(number)
                except OSError:
                    self.cut += 1
                    self.lines.pop(number).close()
            time.sleep(1)
        for line in self.lines.values():
            line.close()

    def drip(self, number: int) -> None:
        if number not in self.lines:
            self.lines[number] = line = socket.socket()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(5)
            line.connect(("127.0.0.1", self.port))
            line.sendall(self.beginnings[number % 3] if number % 100 else self.asked)
            line.setblocking(False)
        elif number % 100 and number % 3:
            self.lines[number].send(b"x")
        with suppress(BlockingIOError):
            if self.lines[number].recv(1) == b"":
                raise ConnectionResetError


def largest(port: int) -> bytes:
    """The address of the largest file that a page is made of."""
    with urlopen(f"http://127.0.0.1:{port}/sign-in") as page:
        found = set(re.findall(rb'"(/static/[^"]+)"', page.read()))
    return max(found, key=lambda path: len(urlopen(f"http://127.0.0.1:{port}{path.decode()}").read()))


def memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1000


def bodies() -> dict[str, tuple[bytes, bytes]]:
    """Content types, and what is sent of them."""
    return {
        "a field of 29 MB": (FORM, b"email=" + b"a" * (29 * MEGA)),
        "29 MB of escapes": (FORM, b"email=" + b"%41" * (29 * MEGA // 3)),
        "a million fields": (FORM, b"a=b&" * MEGA), "fields without names": (FORM, b"&" * (29 * MEGA)),
        "a part of 29 MB": (PARTS, PART + b"a" * (29 * MEGA) + b"\r\n--k--\r\n"),
        "100,000 parts": (PARTS, (PART + b"a\r\n") * 100_000 + b"--k--\r\n"),
        "a preamble of 29 MB": (PARTS, b"x" * (29 * MEGA)),
        "lines that begin as a boundary": (PARTS, PART + b"\r\n--" * (29 * MEGA // 4)),
        "a part's head of 29 MB": (PARTS, b"--k\r\nX: " + b"a" * (29 * MEGA)),
        "100,000 heads of a part": (PARTS, b"--k\r\n" + b"X: y\r\n" * 100_000 + b"\r\n\r\n--k--"),
        "an epilogue of 29 MB": (PARTS, PART + b"a\r\n--k--\r\n" + b"x" * (29 * MEGA)),
        "a file of 29 MB": (PARTS, FILE + b"a" * (29 * MEGA) + b"\r\n--k--\r\n"),
    }  # fmt: skip


def send(port: int, path: bytes, kind: bytes, body: bytes) -> int:
    """Send a body; returns the answer's status, 0 for none."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line, suppress(OSError):
        line.sendall(HEAD % (path, port, port) + kind + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        with suppress(OSError):  # an early answer closes the line
            line.sendall(body)
        return int(line.recv(100).split()[1])
    return 0


def send_thrice(*what) -> None:
    for _time in range(3):
        send(*what)


def hostile_bodies(port: int, pid: int) -> float:
    """Send each three times while another asks for a page; returns by how much the process grew at most, in MB."""
    before, worst = memory(pid, "VmRSS"), 0.0
    for (name, (kind, body)), path in product(bodies().items(), (b"/sign-in", b"/imports")):
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew (proc(5))
        sending = threading.Thread(target=send_thrice, args=(port, path, kind, body))
        sending.start()
        slowest = 0.0
        while sending.is_alive():
            begun = time.perf_counter()
            ask(port, "/sign-in")
            slowest = max(slowest, time.perf_counter() - begun)
            time.sleep(0.02)
        grown = memory(pid, "VmHWM") - before
        worst = max(worst, grown)
        print(
            f"  {path.decode():9} {name:32} {grown:6.0f} MB, another's page at most {slowest * 1000:5.0f} ms",
            flush=True,
        )
    return worst


def main(port: int) -> int:
    with demo(port) as pid:
        form = urlencode({"email": "helmi.hakala@rm.example", "password": "kutsusta muistioon"})
        cookie = ask(port, "/sign-in", body=form)[1].partition(";")[0]
        p95(port, cookie)  # warm
        alone, failed = p95(port, cookie)
        before = memory(pid, "VmRSS")
        slow = Slow(port)
        slow.start()
        time.sleep(3)
        beside, failed_beside = p95(port, cookie)
        slow.going = False
        slow.join()
        print(
            f"p95 of {PAGES} pages alone {alone:.0f} ms ({failed} failed), beside {SLOW} slow sockets {beside:.0f} ms",
            end=" ",
        )
        print(
            f"({failed_beside} failed): {beside / alone:.2f} times; cut {slow.cut};",
            f"{memory(pid, 'VmRSS') - before:.0f} MB more",
        )
        grown = hostile_bodies(port, pid)
        print(f"hostile bodies: at most {grown:.0f} MB more")
    return int(failed_beside > 0 or beside > 2 * alone or grown > 64)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 8917))
