"""make bench-memo: memos against WeasyPrint alone, from the cache, a list of participants, and pages beside renders.

CPU is compared within this process, ours and WeasyPrint's in turns; the clock by the way that a request takes, with a
process of its own.
"""

from __future__ import annotations

import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from statistics import median

import httpx2
import pikepdf
from weasyprint import HTML

from app.accounts.sessions import add_account
from app.db import Database
from app.events.queries import event_by_id
from app.memos.document import memo_manuscript, paper_manuscript
from app.migrations import migrate
from app.pdf import Manuscript, render_pdf
from app.pdf.renderer import write
from bench.convening import settings_for
from bench.cpu import free_port
from bench.memo_case import AT, list_event, memo_event
from bench.posting import HELMI
from bench.survey import serving, spent

PAGES = {3: 5, 20: 2, 100: 1}  # pages, and how many rounds
PEOPLE = (250, 500, 1_000)
BESIDE = 10  # memos that render while pages are read
REQUESTS = 300


def alone(html: str) -> bytes:
    """What WeasyPrint makes of a page by itself, to the same standard."""
    return HTML(string=html).write_pdf(pdf_variant="pdf/a-3a")


def in_turns(ours: Callable[[], object], plain: Callable[[], object], rounds: int, clock=time.process_time):
    """Return the median seconds of each; who begins changes from round to round."""
    taken: dict[Callable[[], object], list[float]] = {ours: [], plain: []}
    for round in range(rounds):
        for act in (ours, plain) if round % 2 else (plain, ours):
            begun = clock()
            act()
            taken[act].append(clock() - begun)
    return tuple(median(one) for one in taken.values())


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as read:
        return len(read.pages)


def compare(words: str, html: str, plain_html: str, rounds: int) -> float:
    """Print one line; returns our CPU seconds."""
    cpu = in_turns(lambda: write(html), lambda: alone(plain_html), rounds)
    clock = in_turns(lambda: render_pdf(html), lambda: alone(plain_html), rounds, time.perf_counter)
    sizes = f"{pages_of(render_pdf(html)):4} pages     "
    figures = [f"{ours:7.2f} {plain:7.2f} {ours / plain:6.2f}" for ours, plain in (cpu, clock)]
    print(f"  {words:34}{sizes}{figures[0]}   {figures[1]}", flush=True)
    return cpu[0]


def plain_table(manuscript: Manuscript) -> str:
    """The lines of a list as a table of WeasyPrint's own."""
    lines = [one.partition("</li>")[0] for one in manuscript.html.split("<li>")[1:]]
    rows = "".join(f"<tr><td>{escape(one)}</td><td></td></tr>" for one in lines)
    head = "<thead><tr><th scope='col'>Nimi</th><th scope='col'>Muuta</th></tr></thead>"
    return f"<!doctype html><html lang='fi'><title>Lista</title><table>{head}<tbody>{rows}</tbody></table>"


def manuscripts(session, ids: Sequence[int], paper: str | None = None) -> list[Manuscript]:
    events = [event_by_id(session, event_id) for event_id in ids]
    return [
        paper_manuscript(session, one, paper, at=AT) if paper else memo_manuscript(session, one, at=AT)
        for one in events
    ]


def percentile(taken: Sequence[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)] * 1000


def read_pages(client: httpx2.Client, path: str, until: threading.Event | None = None) -> list[float]:
    """Seconds of each request, one after another; until told to end, or REQUESTS of them."""
    taken = []
    while len(taken) < REQUESTS if until is None else not until.is_set():
        begun = time.perf_counter()
        client.get(path).raise_for_status()
        taken.append(time.perf_counter() - begun)
    return taken


def beside_renders(client: httpx2.Client, ids: Sequence[int]) -> tuple[list[float], list[float]]:
    """How long pages take while nothing renders, and while all those memos but the first do, which warms."""
    path = f"/events/{ids[0]}"
    client.get(f"{path}/memo.pdf?waiting=1").raise_for_status()
    read_pages(client, path)
    quiet, ended = read_pages(client, path), threading.Event()

    def ask(event_id: int) -> None:
        with httpx2.Client(base_url=client.base_url, cookies=client.cookies, timeout=200) as other:
            while other.get(f"/events/{event_id}/memo.pdf?waiting=1").status_code == 202:
                pass

    askers = [threading.Thread(target=ask, args=[event_id]) for event_id in ids[1:]]
    for one in askers:
        one.start()

    def wait() -> None:
        for one in askers:
            one.join()
        ended.set()

    threading.Thread(target=wait).start()
    return quiet, read_pages(client, path, ended)


def served(folder: Path, ids: dict[str, list[int]]) -> None:
    """Print what a server of its own takes."""
    with serving(folder, free_port()) as (pid, client):
        quiet, busy = beside_renders(client, ids["beside"])
        print(f"pages of an event, ms: median, p99; beside {BESIDE} memos of 20 pages, {len(busy)} requests")
        for words, taken in (("quiet", quiet), ("while they render", busy)):
            print(f"  {words:24}{percentile(taken, 0.5):8.1f}{percentile(taken, 0.99):8.1f}")
        print(f"  p99 {percentile(busy, 0.99) / percentile(quiet, 0.99):.1f} times (aim: 2)")
        print("\nsecond request, from the cache (aim: 20 ms)              server CPU ms   clock ms")
        for pages, event_id in zip(PAGES, ids["memos"], strict=True):
            path = f"/events/{event_id}/memo.pdf?waiting=1"
            while client.get(path).status_code == 202:
                pass
            clock = [spent_clock(client, path) for _time in range(20)]
            cpu = spent(pid, lambda path=path: client.get(path).raise_for_status(), 20)
            print(f"  memo of {pages:3} pages {cpu:50.1f} {median(clock) * 1000:10.1f}")


def spent_clock(client: httpx2.Client, path: str) -> float:
    begun = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - begun


def main() -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = Database(settings_for(folder, 1).database_url)
        migrate(database)
        with database.session() as session:
            add_account(session, name="Helmi", **HELMI)
            ids = {
                "memos": [memo_event(session, pages).id for pages in PAGES],
                "lists": [list_event(session, people).id for people in PEOPLE],
                "beside": [memo_event(session, 20, nth).id for nth in range(2, BESIDE + 3)],
            }
        with database.session(readonly=True) as session:
            memos = manuscripts(session, ids["memos"])
            lists = manuscripts(session, ids["lists"], "participants")
        database.close()
        served(folder, ids)
    for make in (write, alone, render_pdf):  # once before it counts
        make(memos[0].html)
    print("\nseconds: ours, WeasyPrint alone, ratio                              CPU (aim: 1.15)          clock")
    for (pages, rounds), memo in zip(PAGES.items(), memos, strict=True):
        compare(f"memo of {pages} pages", memo.html, memo.html, rounds)
    print("  against WeasyPrint's own table of the same rows (aim: 1.1, linear)")
    taken = [
        compare(f"list of {people:,} participants", one.html, plain_table(one), 1)
        for people, one in zip(PEOPLE, lists, strict=True)
    ]
    print(f"  ten times as many participants take {(taken[-1] / taken[0]) ** (1 / 0.602):.1f} times as long")


if __name__ == "__main__":
    main()
