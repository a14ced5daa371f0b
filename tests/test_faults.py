"""The disk is full, the database gone, the session ended: a clear page with what was typed, and nothing half done."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import make_url, select
from sqlalchemy.exc import OperationalError

from app.accounts.sessions import sign_in
from app.db import REACH, Database
from app.events.models import Event
from app.faults import FULL, GONE, fault_of
from app.health import LEAST
from app.mail.holding import pause_without_room
from app.mail.models import Outbox
from app.main import state_of
from tests import cast
from tests.asking import Client, version_in
from tests.conftest import NOW, PASSWORD
from tests.migrated import new_database, new_file

BACKGROUND = "Silta on vanha, ja sen kunto on selvitettävä ennen päätöstä. " * 200


def sqlite_error(code: int) -> OperationalError:
    told = sqlite3.OperationalError("database or disk is full")
    told.sqlite_errorcode = code
    return OperationalError("INSERT", None, told)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), FULL),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), FULL),
        (sqlite_error(sqlite3.SQLITE_BUSY), GONE),
        (OperationalError("INSERT", None, psycopg.errors.DiskFull("no space")), FULL),
        (OperationalError("SELECT", None, psycopg.errors.AdminShutdown("ends")), GONE),
        (OSError(errno.ENOSPC, "no space"), FULL),
        (OSError(errno.EACCES, "not ours"), None),
        (KeyError("of ours"), None),
    ],
)
def test_what_happened_is_told_by_the_code_of_the_driver(error, fault):
    assert fault_of(error) == fault


def test_what_an_error_came_of_counts():
    try:
        try:
            raise OSError(errno.ENOSPC, "no space")
        except OSError as error:
            raise RuntimeError("the paper could not be written") from error
    except RuntimeError as error:
        assert fault_of(error) == FULL


LIMITED = """
import resource, sqlite3, sys
from app.faults import fault_of
held = sqlite3.connect(sys.argv[1])
held.execute("CREATE TABLE t (x)"); held.commit()
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    for _ in range(100):
        held.execute("INSERT INTO t VALUES (?)", ("x" * 5000,)); held.commit()
except sqlite3.OperationalError as error:
    print(fault_of(error))
try:
    open(sys.argv[1] + ".paper", "wb", buffering=0).write(b"x" * 50_000)
    with open(sys.argv[1] + ".paper", "ab", buffering=0) as file: file.write(b"x" * 50_000)
except OSError as error:
    print(fault_of(error))
"""


def test_a_limit_on_files_is_a_full_disk_to_the_database_and_to_a_paper(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "limited.db")], capture_output=True, text=True, timeout=30,
        env=os.environ | {"PYTHONPATH": os.getcwd()}, check=True,
    )  # fmt: skip
    assert told.stdout.split() == [FULL, FULL]


@contextmanager
def browser(app, portal, settings, database: Database) -> Iterator[Client]:
    """A browser in which Helmi is signed in, on a database of its own."""
    with database.session() as session:
        account = cast.account(session)
        session.flush()
        _account, token = sign_in(session, account.email, PASSWORD, NOW)
        cast.event(session, cast.group(session, "Siltaverkosto"))
    app.state = state_of(settings, database, lambda: NOW, patience=100)
    client = Client(
        app, portal, headers={"Origin": "http://testserver", "Accept-Language": "en"}, follow_redirects=False
    )
    client.cookies.set("session", token)
    yield client
    database.close()


def form_of(client: Client, here: str) -> dict[str, str]:
    version = version_in(client.get(here).text, here)
    typed = {"title": "Silta-ilta", "date": "2026-12-01", "starts": "13:00", "language": "fi", "convener": "1"}
    return typed | {"time_zone": "Europe/Helsinki", "background": BACKGROUND, "version": version}


def background(database: Database) -> str | None:
    with database.session(readonly=True) as session:
        return session.scalar(select(Event.background).where(Event.id == 1))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_text_is_on_the_page_when_the_database_takes_nothing_and_goes_through_when_it_does(
    request, app, portal, settings, tmp_path, kind
):
    there = kind == "sqlite"
    url = new_file(tmp_path / "koolle.db") if there else new_database(request.getfixturevalue("postgres_url"))
    with browser(app, portal, settings, database := Database(url)) as client:
        here = "/events/1/details"
        typed = form_of(client, here)
        away(database, url, True)
        refused = client.request("POST", here, data=typed)
        assert refused.status_code == (507 if there else 503)
        assert refused.headers.get("Retry-After") == (None if there else "10")
        assert f'name="background" rows="10">\n{BACKGROUND.strip()}' in refused.text.replace("&#34;", '"')
        assert '<input type="hidden" name="title" value="Silta-ilta">' in refused.text
        assert client.get("/health").status_code == (200 if there else 503)
        away(database, url, False)
        assert background(database) is None
        assert client.request("POST", here, data=typed).status_code == 303
        assert client.get("/health").status_code == 200
        assert background(database) == BACKGROUND.strip()


def away(database: Database, url: str, gone: bool) -> None:
    """Let a SQLite file grow no more, or let nobody reach a PostgreSQL database; or again."""
    if url.startswith("sqlite"):
        pooled = database.writer.raw_connection()
        pooled.execute("VACUUM")  # no page is free within the file
        pages = pooled.execute("PRAGMA page_count").fetchone()[0]
        pooled.execute(f"PRAGMA max_page_count = {pages if gone else 10**9}")
        pooled.close()
        return
    target = make_url(url)
    with psycopg.connect(
        target.set(drivername="postgresql", database="postgres").render_as_string(False), autocommit=True
    ) as other:
        other.execute(f'ALTER DATABASE "{target.database}" ALLOW_CONNECTIONS {"false" if gone else "true"}')
        if gone:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (target.database,)
            )


@pytest.mark.long
def test_a_database_that_takes_connections_and_says_nothing_is_gone_within_seconds():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"postgresql+psycopg://koolle@127.0.0.1:{silent.getsockname()[1]}/koolle")
        begun = time.monotonic()
        with pytest.raises(OperationalError) as told, database.session() as session:
            session.scalar(select(1))
        assert fault_of(told.value) == GONE
        assert time.monotonic() - begun < 3 * REACH["connect_timeout"]
        database.close()


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@SQLITE
def test_who_was_signed_out_meanwhile_has_the_text_and_a_way_to_go_on(client, session, helmi, database):
    sent = client.request("POST", "/groups/new", data={"name": "Siltaverkosto", "purpose": BACKGROUND})
    assert sent.status_code == 401
    assert BACKGROUND.strip() in sent.text and 'action="/groups/new"' in sent.text
    assert 'href="/sign-in" target="_blank"' in sent.text
    pressed = client.request("POST", "/groups/new", data={"name": "Siltaverkosto"})
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/sign-in?next=/")


@SQLITE
def test_no_password_and_no_code_comes_back(client, database):
    secret = {"text": "x" * 50, "new_password": "p" * 50, "code": "c" * 50}
    sent = client.request("POST", "/groups/new", data=secret)
    assert "x" * 50 in sent.text and "p" * 50 not in sent.text and "c" * 50 not in sent.text


@SQLITE
def test_health_says_nothing_but_whether(client, settings, monkeypatch, database):
    assert (client.get("/health").status_code, client.get("/health").text) == (200, "ready\n")
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": LEAST - 1}))
    assert (client.get("/health").status_code, client.get("/health").text) == (503, "not ready\n")


@SQLITE
def test_no_mail_is_claimed_while_there_is_little_room_and_the_outbox_says_so(
    signed_in, session, settings, monkeypatch, database
):
    assert not pause_without_room(session, settings, NOW)
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 199_999_999}))
    assert pause_without_room(session, settings, NOW)
    session.commit()
    assert session.scalar(select(Outbox.paused_because)) == "no_room"
    assert "There is too little room on the disk." in signed_in.get("/outbox", headers={"Accept-Language": "en"}).text
