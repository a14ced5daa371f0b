"""make bench-day: searching, ticking and the page of the door at 100, 1,000 and 5,000 invitees.

The server is a process of its own, and what is counted is its CPU.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

import httpx2

from app.accounts.sessions import add_account
from app.db import Database
from app.migrations import migrate
from bench.convening import settings_for
from bench.cpu import free_port
from bench.day_case import day_case
from bench.measuring import row
from bench.posting import HELMI
from bench.survey import serving, spent

SIZES = (100, 1_000, 5_000)
QUERIES = ("vi", "ma", "nen", "ai", "aal", "kor", "si", "ver", "o1", "xyz")
HTMX = {"HX-Request": "true"}
AIM = 50


class Door:
    """The browser at the door of one event."""

    def __init__(self, client: httpx2.Client, event_id: int):
        self.client, self.path, self.turn = client, f"/events/{event_id}/day", 0

    def find(self, query: str) -> None:
        self.client.get(self.path, params={"q": query}, headers=HTMX).raise_for_status()

    def tick(self) -> None:
        self.turn += 1
        mode = ("in_person", "remote", "")[self.turn // 50 % 3]
        answer = self.client.post(f"{self.path}/people/{self.turn % 50 + 1}", data={"mode": mode}, headers=HTMX)
        answer.raise_for_status()

    def open(self) -> httpx2.Response:
        return self.client.get(self.path).raise_for_status()

    def count(self) -> None:
        self.client.get(f"{self.path}/count", headers=HTMX).raise_for_status()


def measured(people: int) -> dict[str, float]:
    """Return milliseconds of CPU of each act where so many are invited, and the page's size in kB."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        database = Database(settings_for(Path(folder), port).database_url)
        migrate(database)
        with database.session() as session:
            add_account(session, name="Helmi", **HELMI)
        event_id = day_case(database, people)
        database.close()
        with serving(Path(folder), port) as (pid, client):
            door = Door(client, event_id)
            finding = [spent(pid, lambda query=query: door.find(query), 20) for query in QUERIES]
            return {
                f"a search, median of {len(QUERIES)} of two and three letters": median(finding),
                "a search, the slowest of them": max(finding),
                "a tick": spent(pid, door.tick, 150),
                "the page": spent(pid, door.open, 20),
                "the live count": spent(pid, door.count, 40),
                "the page, kB": len(door.open().content) / 1000,
            }


def main() -> None:
    tables = [measured(size) for size in SIZES]
    print(f"×10: by how much ten times as many invitees multiply it. SQLite. Aim: under {AIM} ms, and flat")
    print(f"{'ms of CPU a request':54}" + "".join(f"{size:>9,}" for size in SIZES) + "     ×10")
    for words in tables[0]:
        print(row(words, SIZES, [table[words] for table in tables]))


if __name__ == "__main__":
    main()
