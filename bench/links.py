"""make bench-links: how long it takes to say no to a link that is unknown, revoked, renewed, ended or too short.

Server CPU of a request, 2,000 of each (REQUESTS) in turns, on SQLite, through the whole application. Nobody shall learn
from the time what there was: the medians lie within a millisecond.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from anyio.from_thread import start_blocking_portal

from app.db import Database
from app.links.links import personal_link
from app.links.revoking import renew_links, revoke_links
from app.main import create_app
from app.settings import Settings
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, settings_in
from tests.migrated import new_file

REQUESTS = int(os.environ.get("REQUESTS", "2000"))
LIVE = 1000  # links that open, besides


class Clock:
    """Goes on so fast that no wrong link is one too many in its minute."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=4)
        return self.at


def prepare(database: Database, settings: Settings) -> dict[str, str]:
    """Make links that open and one of each kind that does not; return the paths of those."""
    with database.session() as session:
        board = cast.group(session, "Digineuvottelukunta")
        event = cast.event(session, board, starts_at=datetime(2027, 9, 10, 13), ends_at=None)
        past = cast.event(session, board, starts_at=datetime(2026, 1, 10, 13), ends_at=None)
        people = [cast.person(session, f"Vieras {number}", "") for number in range(LIVE)]
        paths = {"unknown": "/i/" + "0" * 32, "too short": "/i/" + "0" * 31}
        for number, person in enumerate(people):
            where = past if number == 2 else event
            cast.invitee(session, where, person, position=number)
            url = personal_link(session, settings, event_id=where.id, person_id=person.id, purpose="invitation")
            if number < 3:
                paths[("revoked", "renewed", "ended")[number]] = "/i/" + url.rpartition("/")[2]
        revoke_links(session, event.id, people[0].id, NOW)
        renew_links(session, settings, event.id, people[1].id, NOW)
    return paths


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, start_blocking_portal() as portal:
        database, settings = Database(new_file(Path(folder) / "koolle.db")), settings_in(Path(folder))
        paths = prepare(database, settings)
        app = create_app(settings, database, post=False)
        app.state.clock = Clock()
        client, taken = Client(app, portal, follow_redirects=False), {kind: [] for kind in paths}
        statuses = {kind: client.get(path).status_code for kind, path in paths.items()}
        for _round in range(REQUESTS):
            for kind, path in paths.items():
                client.cookies.clear()
                begun = time.process_time()
                client.get(path)
                taken[kind].append((time.process_time() - begun) * 1000)
        for kind, times in taken.items():
            said = f"{median(times):6.2f} ms median, {quantiles(times, n=20)[-1]:6.2f} ms p95"
            print(f"{kind:<10} {statuses[kind]} {said}")
        refused = [median(times) for kind, times in taken.items() if statuses[kind] == 404]
        print(f"the medians of what is not found lie within {max(refused) - min(refused):.2f} ms")
        database.close()


if __name__ == "__main__":
    main()
