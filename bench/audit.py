"""How long a trail of 100,000 entries takes to be verified: `python -m bench.audit`; the bar is ten seconds."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from app.audit.chain import BEGINNING, Fact, digest_of, faults, key_of
from app.audit.models import AuditEntry
from app.audit.trail import entries
from app.db import Base, Database

ENTRIES = 100_000
KEY = key_of(b"0" * 32)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def rows():
    before = BEGINNING
    for number in range(1, ENTRIES + 1):
        about = {"event_id": number % 500, "secretariat": 1}
        fact = Fact(
            number, BEGAN + timedelta(seconds=number), "account", "helmi@koolle.example", "/events/{event_id}/agenda",
            about, "192.0.2.7",
        )  # fmt: skip
        before = digest_of(KEY, before, fact)
        yield vars(fact) | {"digest": before}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'koolle.db'}")
        Base.metadata.create_all(database.writer, [AuditEntry.__table__])
        with database.session() as session:
            session.connection().execute(insert(AuditEntry.__table__), list(rows()))
        began, used = time.perf_counter(), time.process_time()
        with database.session(readonly=True) as session:
            found = len(list(faults(entries(session), KEY)))
        clock, used = time.perf_counter() - began, time.process_time() - used
        print(f"{ENTRIES} entries verified in {clock:.1f} s ({used:.1f} s of CPU): {found} faults")
        database.close()


if __name__ == "__main__":
    main()
