"""The README's pictures, made of the demo: `make screenshots`."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.demo.playing import EMAIL, PASSWORD, STORIES

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128  # as many as type on paper needs; keeps a picture under 150 kB
EVENT = {Path(story.file).stem: place for place, story in enumerate(STORIES, 1)}


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo in a folder of its own; yields its address when it is ready."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        command = [sys.executable, "-m", "app", "demo", "--port", port]
        environment = os.environ | {"KOOLLE_DATA": folder, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                for line in process.stdout:
                    if "/mailbox" in line:
                        break
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as url, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        desk = at_the_desk(browser, url)
        keep("start", desk.screenshot())
        for name, path in (
            ("answers", f"/events/{EVENT['answering']}/answers"),
            ("memo", f"/events/{EVENT['writing']}/memo"),
        ):
            desk.goto(path)
            keep(name, desk.screenshot())
        keep("letter", on_a_phone(browser, desk).screenshot())
        keep("memo-pdf", first_page(desk.request.get(f"/events/{EVENT['sent']}/memo.pdf?waiting=1").body()))
        browser.close()


def at_the_desk(browser: Browser, url: str) -> Page:
    """The secretary's browser, signed in."""
    context = browser.new_context(base_url=url, viewport={"width": 1200, "height": 800}, locale="en-GB")
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".convenings").first.wait_for()
    context.add_cookies([{"name": "language", "value": "en", "url": url}])  # signing in chose the account's own
    page.goto("/")
    return page


def on_a_phone(browser: Browser, desk: Page) -> Page:
    """A page of somebody who has not answered yet, by the personal link that the secretary sees."""
    answers = f"/events/{EVENT['answering']}/answers?show=silent"
    desk.goto(answers)
    desk.get_by_role("link", name="Open ").first.click()
    link = desk.get_by_label("whoever has it answers in their name").input_value()
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="en-GB",
        storage_state=desk.context.storage_state(),
    ).new_page()  # fmt: skip
    phone.goto(link)
    return phone


def first_page(pdf: bytes) -> bytes:
    command = ["pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-"]
    return subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout


def keep(name: str, png: bytes) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = PICTURES / f"{name}.png"
    picture.save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
