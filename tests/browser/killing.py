"""Kills the server while an answer of 10,000 words is written in Chromium: `make kill-survey`.

After each kill, what is in the database is a beginning of what was typed; it holds all that the page had called saved,
and all that was typed more than five seconds before the kill. Ends with what was lost at most, or with an error.
"""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.browser.conftest import Clock, House, prepare
from tests.browser.surveyed import kept, surveyed
from tests.migrated import new_file

WORDS, MOST_LOST = 10_000, 5.0
WATCH = """([id]) => {
  const question = document.querySelector(`[data-question="${id}"]`), field = question.querySelector("textarea");
  window.claimed = 0;
  new MutationObserver(() => {
    if (question.querySelector("[data-saved]").textContent.includes("Saved")) window.claimed = field.value.length;
  }).observe(question.querySelector("[data-saved]"), { childList: true, subtree: true, attributes: true });
}"""


# the page says "Saved" of a field only while nothing newer has been typed into it
ALL_SAVED = """() => [...document.querySelectorAll("[data-saved]:not([hidden])")]
  .some(place => place.textContent.includes("Saved") && !place.classList.contains("saved--not"))"""


def house_in(folder: Path, port: int) -> House:
    url = f"http://127.0.0.1:{port}"
    settings = Settings(
        data=folder, database_url=f"sqlite:///{folder / 'koolle.db'}", base_url=url, secret=b"0" * 32, smtp_url=None,
        mail_from="sihteeristo@koolle.example", mail_name="Sihteeristö", demo=True,
    )  # fmt: skip
    return House(url, Database(settings.database_url), settings, Clock())


def serve(folder: Path, port: int) -> None:
    house = house_in(folder, port)
    app = create_app(house.settings, house.database, post=False)
    app.state.clock = house.clock
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, ws="none")


class Server:
    """The server as a process of its own, which is killed (SIGKILL) and started again."""

    def __init__(self, folder: Path, port: int):
        self.command = [sys.executable, "-m", "tests.browser.killing", "serve", str(folder), str(port)]
        self.url = f"http://127.0.0.1:{port}/robots.txt"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _try in range(300):
            try:
                return urllib.request.urlopen(self.url).close()
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server does not start")

    def close(self) -> None:
        self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def write_and_kill(page: Page, house: House, event_id: int, server: Server, typed: str, seconds: float) -> tuple:
    """Type for some seconds, kill, and look at what is kept; returns the text typed, the seconds lost, what was said to
    be saved and is not."""
    history, end = [(time.monotonic(), len(typed))], time.monotonic() + seconds
    while time.monotonic() < end:
        word = f" sana{len(typed)}"
        page.keyboard.insert_text(word)
        typed += word
        page.wait_for_timeout(40)
        history.append((time.monotonic(), len(typed)))
    server.kill()
    killed = time.monotonic()
    stored, claimed = kept(house, event_id, "wish") or "", page.evaluate("window.claimed")
    if not typed.startswith(stored):
        raise SystemExit("what is kept was never typed")
    lost = next((killed - at for at, length in history if length > len(stored)), 0.0)
    return typed, lost, max(0, min(claimed, len(typed)) - len(stored))


def wait_until_saved(page: Page) -> None:
    for _look in range(1200):
        if page.evaluate(ALL_SAVED):
            return
        page.wait_for_timeout(50)
    said = page.locator("[data-saved]:visible, [data-said]:visible").all_text_contents()
    raise SystemExit(f"the page does not save any more: {said}")


def main(kills: int) -> None:
    by_chance = random.Random(5)
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port, folder = free.getsockname()[1], Path(name)
        free.close()
        house = house_in(folder, port)
        prepare(new_file(folder / "koolle.db"))
        event_id, link = surveyed(house)
        server = Server(folder, port)
        with closing(server), sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
            page = browser.new_context(locale="en-GB").new_page()
            page.goto(link)
            question = page.locator("[data-question]").filter(has_text="odotatte tapaamiselta")
            page.evaluate(WATCH, [question.get_attribute("data-question")])
            typed = " ".join(["sanat"] * WORDS)
            question.locator("textarea").fill(typed)
            losses, broken = [], 0
            for kill in range(kills):
                wait_until_saved(page)
                question.locator("textarea").press("Control+End")
                typed, lost, unkept = write_and_kill(page, house, event_id, server, typed, by_chance.uniform(0.5, 7))
                losses.append(lost)
                broken += unkept > 0
                print(
                    f"kill {kill + 1}: {lost:.1f} s of typing lost, {unkept} letters that were called saved", flush=True
                )
                server.start()
            wait_until_saved(page)
            whole = kept(house, event_id, "wish") == typed
            browser.close()
        house.database.close()
    print(
        f"{kills} kills, {len(typed.split())} words: at most {max(losses):.1f} s lost; in the end all is kept: {whole}"
    )
    if broken or max(losses) > MOST_LOST or not whole:
        raise SystemExit(1)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]))
