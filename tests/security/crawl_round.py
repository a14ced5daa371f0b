"""One round of `make crawl-xss` in Chromium: every page, query, form, file, draft and conflict of a filled world."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser

from app.drafts.typed import form_named
from tests.security.crawl_files import MAPPED, files_of, pasted_of
from tests.security.crawl_world import LOOKING, CrawlWorld, route_at, who_opens
from tests.security.crawling import Crawler, Files
from tests.security.reading_on import Reading, every_sending
from tests.security.sendable import Sending, sendings

STEPS = [("/columns", "/columns"), ("?mend=2", "/rows/2"), ("", "/bring-in"), ("/undo", "/undo")]
COLUMNS = {f"column_{place}": name for place, name in enumerate(MAPPED)}
MARKED = ("/memo/text", "/memo/references", "/texts")  # forms that know what they were made from otherwise


class Crawl:
    """Everything that is gone through in Chromium, and what was met: `complaints` with where, `seen` by kind."""

    def __init__(self, world: CrawlWorld, browser: Browser, folder: Path):
        self.world, self.browser, self.folder = world, browser, folder
        self.reading = Reading(world)
        self.complaints: dict[str, str] = {}
        self.seen: Counter[str] = Counter()
        self.mails: set[str] = set()
        world.restore_clean()
        self.before = self.reading.pages()

    def round(self, part: list[str], only: str = "") -> None:
        """Go everywhere in Chromium with a part of the payloads."""
        words, self.part = " ".join(part), part
        self.world.fill(words)
        self.seen["arrived"] += self.world.arrive(words)
        drafts = self.keep_drafts(words)
        self.world.stay()
        self.who = {who: self.crawler(who) for who in self.world.cookies}
        pages = [path for path in self.world.pages() if only in path]
        shown = {path: self.opened(path) for path in pages}
        for other in [*drafts, *(query for path in pages for query in queries(path, words))]:
            self.opened(other)
        for who, path in product(LOOKING, [path for path in pages if who_opens(path) == "secretary"]):
            self.opened(path, who)
        self.send_all({path: html for path, html in shown.items() if html}, words)
        self.send_late(words, only)
        self.gather(words)

    def crawler(self, who: str) -> Crawler:
        context = self.browser.new_context(locale="en-GB", reduced_motion="reduce", accept_downloads=False)
        made = Crawler(context, self.world.house.url)
        self.be(made, who)
        return made

    def be(self, crawler: Crawler, who: str) -> None:
        """Be who one is, whatever a form has made of that."""
        crawler.context.clear_cookies()
        home, cookies = self.world.house.url, self.world.cookies[who].items()
        crawler.context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies])

    def opened(self, path: str, who: str = "") -> str:
        """Open a page as who may, or as somebody; returns its HTML as it was served, nothing for what is none."""
        crawler = self.who[who or who_opens(path)]
        status = crawler.open(path)
        self.seen[f"GET {status}{f' as {who}' if who else ''}"] += 1
        if status >= 500:
            crawler.note(f"status {status} of {path}")
        return crawler.served if status == 200 else ""

    def keep_drafts(self, words: str) -> list[str]:
        """Let the secretary have begun every form of which drafts are kept; returns the pages that offer them."""
        pages = []
        for here, html in self.before.items():
            for sending in sendings(here, html):
                if form_named(sending.path):
                    typed = json.dumps([pair for pair in sending.typed(words) if pair[0] != "action"])
                    sent = {"form": sending.path, "page": "crawl", "turn": "1", "fields": typed}
                    self.seen["drafts"] += self.reading.ask("POST", "/drafts", data=sent).status_code == 204
                    pages.append(f"{here}{'&' if '?' in here else '?'}draft=take")
        return [*dict.fromkeys(pages)]

    def send(self, sending: Sending, fields: list[tuple[str, str]], files: Files = ()) -> tuple[int, Crawler]:
        """Send a form, on the world as it was filled."""
        who = who_opens(sending.path)
        self.world.restore()
        self.be(self.who[who], who)
        status = self.who[who].send(sending.path, fields, files)
        self.seen[f"POST {status}"] += 1
        if status >= 500:
            self.who[who].note(f"status {status} of {sending.path}")
        return status, self.who[who]

    def send_all(self, shown: dict[str, str], words: str) -> None:
        """Send every form of the pages as they stand; and files where one takes them, with what follows on them."""
        for sending in every_sending(shown):
            self.send(sending, sending.typed(words))
            for name, content in files_of(self.part) if sending.files else ():
                fields = [(one.name, one.value) for one in sending.fields]
                self.seen["files"] += 1
                self.follow(self.send(sending, fields, [(sending.files[0], name, content)])[1], words)
            for text in pasted_of(self.part) if sending.path == "/imports" else ():
                self.seen["files"] += 1
                self.follow(self.send(sending, [("text", text)])[1], words)

    def send_late(self, words: str, only: str) -> None:
        """Send every form that was opened before the words were there, so that two texts stand beside each other."""
        for sending in every_sending({path: html for path, html in self.before.items() if only in path}):
            if sending.path.endswith(MARKED) or any(one.name == "version" for one in sending.fields):
                self.seen["conflicts"] += self.send(sending, sending.typed(words))[0] == 409

    def follow(self, crawler: Crawler, words: str) -> None:
        """Go on from the page that a file has led to: columns chosen, a row mended, brought in, taken back; or the rows
        of a report."""
        here = urlsplit(crawler.page.url).path
        steps = STEPS if here.startswith("/imports/") else [("", here)] if "/reports/" in here else []
        for page, end in steps:
            self.seen["follow-ups of files"] += 1
            crawler.open(at := here.removesuffix("/columns") + page)
            step = next((one for one in sendings(at, crawler.served) if one.path.endswith(end)), None)
            if step is not None:
                mapped = {name: field for name, field in COLUMNS.items() if name in dict(step.typed(words))}
                self.seen[f"POST {crawler.send(step.path, step.typed(words, mapped))}"] += 1

    def gather(self, words: str) -> None:
        for who in self.who.values():
            self.complaints |= {what: f"{at} with {words[:40]!r}" for what, at in who.complaints.items()}
            self.seen["pages"] += who.pages
            self.seen["fragments"] += who.fragments
            who.context.close()

    def read(self, part: list[str]) -> None:
        """Read everything without a browser with a few payloads, and open in it each mail that comes of a form."""
        reader = self.crawler("stranger")
        for kind, html in self.reading.round(part):
            if html not in self.mails:
                self.mails.add(html)
                file = self.folder / "mail.html"
                file.write_text(html)
                reader.read(file, f"mail: {kind}")
                self.seen[f"mails: {kind}"] += 1
        self.complaints |= reader.complaints | self.reading.complaints
        self.seen.update({f"read: {how}": number for how, number in self.reading.statuses.items()})
        self.reading.statuses.clear()
        reader.context.close()


def queries(path: str, words: str) -> Iterator[str]:
    """Yield the page with the words in each of its query's fields at once, and in the one that searches."""
    route = route_at(path, "GET")
    if "?" in path or route is None:
        return
    names = [one.alias for each in (route.dependant, *route.dependant.dependencies) for one in each.query_params]
    named = [name for name in dict.fromkeys(names) if name not in ("as", "of")]
    if named:
        said = quote(words.replace("\0", ""))  # with one, the guard turns the whole query away
        yield path + "?" + "&".join(f"{name}={said}" for name in named)
