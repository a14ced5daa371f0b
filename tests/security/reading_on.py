"""The part of `make crawl-xss` without a browser: all pages and the answers to all forms, read for what would act.

It takes a tenth of the time, so that the payloads can be few together: short enough for a line to be accepted, and each
of FIRST at the beginning of everything once, where an address would begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from httpx2 import Client, Response

from tests.security.crawl_world import CrawlWorld, route_at, who_opens
from tests.security.sendable import Sending, sendings
from tests.security.served import acts, handed_over, locked

KEYS = re.compile(r"[0-9a-f]{32}|[0-9]+")
WRONG = re.compile(r'href="#field-([\w-]+)"')
LEAVES = ("/sign-out", "/language")  # whoever reads goes on being who they are
MAILS = ("/html", "/letter/mail")  # of mails that are shown, which have styles of their own and no scripts at all


class Reading:
    """One who reads all pages and answers in three roles; `complaints` by what is wrong, with where it was."""

    def __init__(self, world: CrawlWorld):
        self.world = world
        self.complaints: dict[str, str] = {}
        self.statuses: Counter[str] = Counter()
        self.client = Client(
            base_url=world.house.url, headers={"Origin": world.house.url}, timeout=60, follow_redirects=True
        )

    def ask(self, method: str, path: str, **how) -> Response:
        """Ask as whoever is let in there, and judge what is answered."""
        self.client.cookies.clear()
        for name, value in self.world.cookies[who_opens(path)].items():
            self.client.cookies.set(name, value)
        answer = self.client.request(method, path, **how)
        self.statuses[f"{method} {answer.status_code}"] += 1
        for wrong in wrongs(answer):
            self.complaints.setdefault(f"{wrong:.200}", f"{method} {path}")
        return answer

    def pages(self) -> dict[str, str]:
        """Read every page; returns what each shows."""
        return {path: self.ask("GET", path).text for path in self.world.pages() if route_at(path, "GET")}

    def round(self, part: list[str]) -> Iterator[tuple[str, str]]:
        """Fill everything with the words, read every page, and send every form as somebody who types the words, and
        fewer where they are too many, and with every field overwritten; yields the mails that come of it."""
        words, payload = " ".join(part), part[-1]
        self.world.fill(words, addresses=False)
        self.world.stay()
        replaced = set()
        for sending in every_sending(self.pages()):
            self._send_until_taken(sending, words, payload)
            yield from self.world.mails()
            if (at := route_at(sending.path, "POST").path_format) not in replaced:
                replaced.add(at)
                self._send(sending, sending.replaced(words))

    def _send_until_taken(self, sending: Sending, words: str, payload: str) -> None:
        answer, instead = self._send(sending, sending.typed(words)), {}
        for again in (False, True):
            wrong = WRONG.findall(answer.text) if answer.status_code == 422 else []
            if wrong:
                instead |= sending.mended(payload, wrong, again)
                answer = self._send(sending, sending.typed(words, instead))

    def _send(self, sending: Sending, fields: list[tuple[str, str]]) -> Response:
        self.world.restore()
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        how = {"files": [(name, ("", b"")) for name in sending.files]} if sending.files else {}
        return self.ask("POST", sending.path, data=data, **how)


def every_sending(pages: dict[str, str]) -> list[Sending]:
    """Return the ways to send something from pages, one of each kind."""
    found: dict[tuple, Sending] = {}
    for here, html in pages.items():
        for sending in sendings(here, html):
            route = route_at(sending.path, "POST")
            if route is not None and not sending.path.startswith(LEAVES):
                pressed = tuple(KEYS.sub("", one.value) for one in sending.fields if one.kind == "button")
                names = tuple(sorted({one.name for one in sending.fields}))
                found.setdefault((route.path_format, names, pressed), sending)
    return [*found.values()]


def wrongs(answer: Response) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code} of {answer.url.path}"
    if "content-security-policy" not in answer.headers:
        yield f"status {answer.status_code} without a policy of {answer.url.path}"
    elif not locked(answer) and not ("content-disposition" in answer.headers and handed_over(answer)):
        yield f"lets scripts run: {answer.headers.get('content-security-policy')}"
    if answer.headers.get("content-type", "").startswith("text/html"):
        shown = answer.url.path.endswith(MAILS)
        yield from (one for one in acts(answer.text) if not _ours(one, shown))


def _ours(what: str, of_a_mail: bool) -> bool:
    """Whether it is the code to scan that we draw, or how mails look and where their links open."""
    drawn = what.startswith("img src=data:image/svg+xml;")
    return drawn or (of_a_mail and (" style=" in what or what in ("<base>", "<style>")))
