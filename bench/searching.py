"""What a search costs: whole requests through the application, and the plain library's one LIKE beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from app.accounts.sessions import add_account, sign_in
from app.db import Database
from app.main import create_app
from app.settings import Settings
from bench.measuring import spent

QUERIES = {
    "one letter, most people": "a",
    "part of a name": "nen",
    "family name, marks left out": "aijala",
    "two words": "matti virta",
    "address": "aino.korpila",
    "organisation": "o17",
    "nobody": "xyzzy",
    "thirty letters": "tavattomanpitkajatuntematonxyz",
}
PAGES = {
    "header, as one types": "/search/at-once?q={q}",
    "search page": "/search?q={q}",
    "people, first page": "/people?q={q}",
    "people, last page": "/people?q={q}&page=99999999",
    "a person's field": "/people/suggestions?person={q}",
}
OTHERS = {
    "people, all, first page": "/people",
    "people, all, last page": "/people?page=99999999",
    "organisations": "/organisations",
    "page without rows": "/people/new",
}


def browser(database: Database, settings: Settings) -> TestClient:
    """A browser of the application in this process, signed in."""
    with database.session() as session:
        add_account(session, email="helmi@koolle.example", name="Helmi", password="salasana salasana")
        _account, token = sign_in(session, "helmi@koolle.example", "salasana salasana", datetime.now(UTC))
    client = TestClient(create_app(settings, database, post=False), base_url=settings.base_url)
    client.cookies.set("session", token)
    return client


def requests() -> Iterator[tuple[str, str]]:
    """What is asked, in words and by address."""
    for page, path in PAGES.items():
        for words, query in QUERIES.items():
            yield f"{page}: {words}", path.format(q=query)
    yield from OTHERS.items()


def searched(client: TestClient) -> dict[str, float]:
    """Return milliseconds of CPU a request; the client's own share, about one, is among them."""
    taken = {}
    for words, path in requests():
        answer = client.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
        taken[words] = spent(lambda path=path: client.get(path))
    return taken


def plain_scan(file: Path) -> float:
    """Milliseconds of one LIKE over the folded words of everybody, which finds nobody, by the plain library."""
    with sqlite3.connect(file) as connection:
        looked = "SELECT count(*) FROM people WHERE found_by LIKE '%xyzzy%'"
        return spent(lambda: connection.execute(looked).fetchone())
