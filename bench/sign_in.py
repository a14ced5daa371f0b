"""python -m bench.sign_in: whether the time of a refused sign-in tells if there is such an account.

500 tries of each kind (or as many as are named), in turns, by an address that has none and with a wrong password; the
hash is a cheap one, so that what is not the hash weighs more than it does in use. CPU seconds of this process.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts import sessions
from app.accounts.sessions import add_account, sign_in
from app.db import Database
from app.migrations import migrate

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1),))


def cheapen() -> None:
    """Let hashes cost a millisecond, wherever they are made."""
    if hasattr(sessions, "_passwords"):
        sessions._passwords = CHEAP
    else:
        from app.accounts.passwords import Keeper

        Keeper.hashes = CHEAP


def main(tries: int = 500) -> None:
    cheapen()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'koolle.db'}"
        database = Database(url)
        migrate(database)
        with database.session() as session:
            add_account(session, email="otso@koolle.example", name="Otso", password="pitkä ja hyvä salasana")
        taken = {"otso@koolle.example": [], "kaino@koolle.example": []}
        with database.session(readonly=True) as session:
            for number in range(tries + 20):
                for address, times in taken.items():
                    session.expunge_all()
                    begun = time.process_time()
                    sign_in(session, address, f"väärä salasana {number}", AT)
                    times.append(time.process_time() - begun)
        database.close()
    known, unknown = (1000 * statistics.median(times[20:]) for times in taken.values())
    apart = abs(known - unknown) / known
    print(f"wrong password: {known:.3f} ms, no such account: {unknown:.3f} ms, apart by {apart:.1%}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
