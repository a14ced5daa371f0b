"""The running demo: time to ready, memory, and what the invitee's page weighs in a real browser."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path
from re import search

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from app.db import Database
from app.mail.models import OutgoingMail
from app.mail.sealing import unseal
from app.settings import read_settings
from bench.cpu import free_port

LAUNCH = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}


class Demo:
    """The demo in a process group of its own, on a data folder of its own; `ready` is the seconds until it answered."""

    def __init__(self, data: Path, port: int):
        self.port = port
        began = time.monotonic()
        environ = os.environ | {"KOOLLE_DATA": str(data)}
        command = [sys.executable, "-m", "app", "demo", "--port", str(port)]
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, start_new_session=True)
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > 120:
                raise TimeoutError("the demo did not start")
            time.sleep(0.02)
        self.ready = time.monotonic() - began

    def answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/sign-in")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def memory(self) -> float:
        """Resident memory in MB of every process of the demo, pages that they share counted once (PSS)."""
        total = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(folder.name)) == self.process.pid:
                    found = search(r"(?m)^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text())
                    total += int(found[1]) if found else 0
            except (OSError, ProcessLookupError):
                continue
        return total / 1024

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def newest_link(data: Path, port: int) -> str:
    """The personal link in the newest invitation that the demo has sent."""
    settings = read_settings({"KOOLLE_DATA": str(data)}, port=port, demo=True)
    database = Database(settings.database_url)
    newest = select(OutgoingMail).where(OutgoingMail.kind == "invitation").order_by(OutgoingMail.id.desc()).limit(1)
    with database.session(readonly=True) as session:
        mail = session.scalar(newest)
        message = message_from_bytes(unseal(settings.secret, mail.content, mail.message_id), policy=policy.default)
    database.close()
    found = search(r"http\S+/i/\w+", message.get_body(("plain",)).get_content())
    return found[0] if found else ""


def weigh(link: str) -> tuple[int, int]:
    """Return (bytes over the wire, requests) of opening a personal link in a browser that has never been there."""
    with sync_playwright() as play:
        browser = play.chromium.launch(**LAUNCH)
        page = browser.new_context(viewport={"width": 375, "height": 800}).new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        sizes: list[int] = []
        requests: list[str] = []
        devtools.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(link, wait_until="networkidle")
        browser.close()
        return sum(sizes), len(requests)


def measure() -> None:
    """Print the demo's start, memory and weight."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder), free_port()
        first = Demo(data, port)
        first.stop()
        demo = Demo(data, port)
        try:
            weight, requests = weigh(newest_link(data, port))
            print(f"demo ready after the first start: {first.ready:.1f} s; again: {demo.ready:.2f} s (aim: under 2 s)")
            print(f"invitee's page: {weight / 1000:.1f} kB in {requests} requests (aim: under 100 kB, 8 requests)")
            print(f"demo's memory, having served it: {demo.memory():.0f} MB (aim: under 200 MB)")
        finally:
            demo.stop()
