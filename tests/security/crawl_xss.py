"""`make crawl-xss`: sixty payloads in every text of every table, in every query, form, file and mail, in Chromium.

In a few rounds, many payloads together: each fills the world's tables, lets mails arrive and drafts be kept, opens
every page as the secretary, a viewer, an auditor, a guest and a stranger, asks each with the words in its query,
presses what opens, and sends every form, as one who types and as one who opened it before the words were there, and
files. In twelve more, a few together, all is read without a browser (`reading_on.py`), and each mail that leaves is
opened in one.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import serving
from tests.migrated import new_file
from tests.security.crawl_round import Crawl
from tests.security.crawl_world import CrawlWorld
from tests.security.payloads import PAYLOADS, rounds

FLAGS = ["--no-sandbox", "--disable-gpu"]
FEW_TOGETHER = 12  # rounds in which a part is short enough for a line


def main() -> int:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("rounds", type=int, nargs="?", default=2)
    reading.add_argument("--first", type=int, default=0, help="the round to begin with")
    reading.add_argument("--last", type=int, default=1_000)
    reading.add_argument("--only", default="", help="pages whose address holds this, in Chromium only")
    asked = reading.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with serving(new_file(Path(folder) / "koolle.db"), Path(folder)) as house:
            crawl = Crawl(CrawlWorld(house), browser, Path(folder))
            browsed = [(crawl.round, part) for part in rounds(asked.rounds)][asked.first : asked.last]
            read = [] if asked.only else [(crawl.read, part) for part in rounds(FEW_TOGETHER)]
            for go, part in [*browsed, *read[asked.first : asked.last]]:
                go_round(crawl, go, part, asked.only)
            crawl.complaints |= dict.fromkeys(crawl.world.reports, "reported")
        browser.close()
    tell(crawl)
    return int(bool(crawl.complaints))


def go_round(crawl: Crawl, go, part: list[str], only: str) -> None:
    begun, before = time.monotonic(), len(crawl.complaints)
    try:
        go(part, only) if only else go(part)
    except Exception as error:  # of the crawl itself: the other rounds are gone all the same
        crawl.complaints[f"stopped: {error!r:.300}"] = go.__name__
    print(f"{go.__name__} with {len(part)} payloads: {time.monotonic() - begun:.0f} s", flush=True)
    for what, at in list(crawl.complaints.items())[before:]:
        print(f"  {at}: {what}", flush=True)


def tell(crawl: Crawl) -> None:
    print(dict(sorted(crawl.seen.items())))
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{len(PAYLOADS)} payloads, {len(crawl.world.columns)} columns, {used:.0f} s of a processor,")
    print(f"{len(crawl.complaints)} complaints")


if __name__ == "__main__":
    sys.exit(main())
