"""make bench-survey: one answer saved, and the results page, at 100, 1,000 and 10,000 answers to twenty questions.

The server is a process of its own, and what is counted is its CPU.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import httpx2

from app.accounts.sessions import add_account
from app.db import Database
from app.links.links import address_of, link_of
from app.migrations import migrate
from app.surveys.answering import read_one, stamp_field
from app.surveys.models import Survey
from app.surveys.parts import stamp
from app.surveys.sheets import asked
from app.surveys.words import form_values
from bench.convening import settings_for
from bench.cpu import cpu, free_port
from bench.measuring import row
from bench.posting import HELMI
from bench.survey_case import sheet_of_all_kinds, survey_case

SIZES = (100, 1_000, 10_000)
AIMS = {"an answer to one question saved": 8, "the whole form saved and sent": None, "results": 300}
ALSO = {"results by group": "?by=group"}
MANY, FEW = 200, 8


class Guest:
    """The browser of the one who has not answered yet, on their own page. held: what is kept of each answer, of which
    a form carries the stamps."""

    def __init__(self, client: httpx2.Client, survey: Survey, link: str):
        self.client, self.survey, self.turn = client, survey, 0
        self.held: dict[int, object] = {}
        opened = client.get(link, follow_redirects=False)
        self.public_id = opened.headers["location"].rpartition("/")[2].partition("#")[0]

    def save_one(self) -> None:
        self.turn += 1
        first = self.survey.questions[0]
        self._post(f"/m/{self.public_id}/survey/answers", {first.id: f"Silta {self.turn}"})

    def save_all(self) -> None:
        self.turn += 1
        values = sheet_of_all_kinds(self.survey, Random(self.turn))
        self._post(f"/m/{self.public_id}/survey", values, act="send")

    def _post(self, address: str, values: Mapping[int, object], **more: str) -> None:
        stamps = {stamp_field(question): stamp(self.held.get(question)) for question in values}
        fields = form_values(self.survey, values)
        sent = {"public_id": self.public_id, **fields, **stamps, **more}
        answer = self.client.post(address, data=sent, follow_redirects=False)
        if answer.status_code not in (200, 303):
            raise AssertionError(f"{address}: {answer.status_code} {answer.text[:300]}")
        lists = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        posted = {name: [str(one) for one in value] for name, value in lists.items()}
        self.held |= {one.id: read_one(one, posted) for one in asked(self.survey) if one.id in values}


@contextmanager
def serving(folder: Path, port: int) -> Iterator[tuple[int, httpx2.Client]]:
    """Yield a server's process id and a browser in which Helmi is signed in."""
    server = subprocess.Popen([sys.executable, "-m", "bench.serve", "koolle", str(folder), str(port)])
    origin = f"http://127.0.0.1:{port}"
    try:
        with httpx2.Client(base_url=origin, headers={"Origin": origin}, timeout=60) as client:
            for _look in range(300):
                try:
                    if client.post("/sign-in", data=HELMI).status_code == 303:
                        break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield server.pid, client
    finally:
        server.terminate()
        server.wait(10)


def spent(pid: int, act: Callable[[], object], times: int) -> float:
    """Milliseconds of the server's CPU that an act takes, after three that do not count."""
    for _time in range(3):
        act()
    before = cpu(pid)
    for _time in range(times):
        act()
    return (cpu(pid) - before) * 1000 / times


def measured(people: int) -> dict[str, float]:
    """Return milliseconds of CPU of each act where so many have answered."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = settings_for(Path(folder), port)
        database = Database(settings.database_url)
        migrate(database)
        with database.session() as session:
            add_account(session, name="Helmi", **HELMI)
            event, survey, ids = survey_case(session, people)
            link = link_of(session, settings, event_id=event.id, person_id=ids[0], purpose="invitation")
            url, here = address_of(settings, link), f"/events/{event.id}/survey/results"
        database.close()
        with serving(Path(folder), port) as (pid, client):
            guest = Guest(client, survey, url)
            taken = {"an answer to one question saved": spent(pid, guest.save_one, MANY)}
            taken["the whole form saved and sent"] = spent(pid, guest.save_all, MANY // 4)
            for words, how in ({"results": ""} | ALSO).items():
                taken[words] = spent(pid, lambda how=how: client.get(here + how).raise_for_status(), FEW)
            return taken


def main() -> None:
    tables = [measured(size) for size in SIZES]
    print("×10: by how much ten times as many answers multiply the time. SQLite, twenty questions")
    print(f"{'ms of CPU a request':54}" + "".join(f"{size:>9,}" for size in SIZES) + "     ×10")
    for words in (*AIMS, *ALSO):
        aim = AIMS.get(words)
        named = f"{words} (aim: {aim})" if aim else words
        print(row(named, SIZES, [table[words] for table in tables]))


if __name__ == "__main__":
    main()
