"""Somebody at a browser: finds things by what they are called, and notes whatever the browser complains about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, WebError, expect

ROOT = Path(__file__).parent.parent.parent
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
# the frame of a mail runs no scripts; the mail is looked at as a page of its own
LOOK = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, iframes: false, resultTypes: ["violations"]});
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 300)).join(" | ")}`);
}"""
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > root.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 120));
}"""


@cache
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


class Visitor:
    """home: the address of the house. looks: whether axe looks at the pages that `look` is asked of; once is enough
    where a story is told twice. refusals: the errors that Koolle may answer with."""

    def __init__(
        self, page: Page, home: str = "", *, looks: bool = True, refusals: Iterable[int] = (409, 422)
    ):  # fmt: skip
        self.page = page
        self.home = home
        self.looks = looks
        self.refusals = refusals
        self.complaints: list[str] = []
        self.ears = {"console": self._hear, "weberror": self._hear_error, "response": self._receive}
        for event, ear in self.ears.items():
            page.context.on(event, ear)

    def leave(self) -> None:
        """Hear no more."""
        for event, ear in self.ears.items():
            self.page.context.remove_listener(event, ear)

    def _hear_error(self, error: WebError) -> None:
        self.complaints.append(f"{error.page.url}: {error.error}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(
            f"status of {one}" in message.text for one in self.refusals
        ):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _receive(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self.complaints.append(f"{response.status} {response.url}")

    # --- going about ---

    def go(self, path: str) -> None:
        self.page.goto(urljoin(self.home, path))

    def press(self, words: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the button, follow the link or open the details that are called so."""
        place = within or self.page
        called = re.compile(f"^{re.escape(words)}$" if exact else re.escape(words))
        ways = [place.get_by_role(role, name=called) for role in ("button", "link")]
        ways[0].or_(ways[1]).or_(place.locator("summary").filter(has_text=called)).click()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        called = re.compile(rf"^\s*{re.escape(label)}(\s+\(optional\))?\s*$")
        return (within or self.page).get_by_label(called).filter(visible=True)

    def write(self, fields: Mapping[str, str], *, within: Locator | None = None) -> None:
        """Write into the fields that are called so."""
        for label, words in fields.items():
            self.field(label, within).fill(words)

    def choose(self, label: str, words: str, *, within: Locator | None = None) -> None:
        self.field(label, within).select_option(words)

    def check(self, label: str, *, within: Locator | None = None) -> None:
        self.field(label, within).check()

    def sees(self, words: str, *, within: Locator | None = None) -> None:
        expect((within or self.page.locator("body")).first).to_contain_text(words)

    def open_mail(self, to: str) -> Locator:
        """Open the newest mail to somebody in the mailbox, when it has come; returns the mail as it looks."""
        self.go("/mailbox")
        mine = self.page.get_by_role("listitem").filter(has=self.page.get_by_text(to, exact=True)).first
        for _look in range(100):
            if mine.count():
                break
            self.page.wait_for_timeout(100)
            self.page.reload()
        mine.get_by_role("link").click()
        return self.page.frame_locator("iframe").locator("body")

    def follow(self, link: Locator) -> None:
        """Follow a link that opens in a window of its own, and go on there."""
        with self.page.context.expect_page() as opened:
            link.first.click()
        self.page = opened.value

    def row(self, words: str) -> Locator:
        """The row, item or entry of a list that is about this."""
        return self.page.locator("tr, li").filter(has_text=words).first

    def download(self, words: str) -> tuple[str, bytes]:
        """Follow a link to a file that is to be kept; returns its name and what it holds."""
        with self.page.expect_download() as begun:
            self.page.get_by_role("link", name=words, exact=True).click()
        return begun.value.suggested_filename, begun.value.path().read_bytes()

    def read(self, words: str) -> bytes:
        """Return what is behind a link to a file that the browser shows by itself, when it is made."""
        link = self.page.get_by_role("link", name=words).get_attribute("href")
        for _look in range(120):
            answer = self.page.context.request.get(urljoin(self.page.url, link))
            assert answer.ok
            if not answer.headers["content-type"].startswith("text/html"):
                break
            self.page.wait_for_timeout(500)  # a page says that the paper is being made
        return answer.body()

    # --- looking ---

    def widen(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})

    def look_in_the_dark(self) -> None:
        """Note what cannot be read in the dark colours."""
        self.page.emulate_media(color_scheme="dark")
        self.look(CONTRAST)
        self.page.emulate_media(color_scheme="light")

    def look(self, rules: Mapping[str, object] = RULES) -> None:
        """Note every violation of accessibility's rules that axe finds in the page as it stands."""
        if not self.looks:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe())
        self.page.evaluate("scrollTo(0, 0)")  # further down, the event's line lies over whatever scrolls under it
        for violation in self.page.evaluate(LOOK, rules):
            self.complaints.append(f"{self.page.url}: {violation}")

    def fits(self) -> None:
        """Note whatever makes the page scroll sideways."""
        for one in self.page.evaluate(TOO_WIDE):
            self.complaints.append(f"{self.page.url} is too wide: {one}")
