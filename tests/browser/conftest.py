"""A served Koolle on a database of each kind, a clock that the stories move, and browsers that complain."""

from __future__ import annotations

import shutil
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import create_engine, make_url, text

from app.accounts.models import Account
from app.db import Database
from app.invitations.stencils import write_with
from app.mail.worker import Worker
from app.main import create_app
from app.migrations import migrate
from app.settings import Settings
from tests.browser.visitor import Visitor
from tests.cast import HELMI

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)  # 9.00 in Helsinki
PATIENCE = 15_000  # milliseconds; only a failing story waits so long


class Clock:
    """What Koolle takes for now: it stands still until a story moves it."""

    def __init__(self):
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def let_pass(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(frozen=True)
class House:
    """One installation in demo settings, served on a port of its own, with Helmi's account and nothing else."""

    url: str
    database: Database
    settings: Settings
    clock: Clock


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        browser.close()


# --- databases: migrated once, copied for each story ---


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("browser") / "migrated.db"
    database = Database(f"sqlite:///{file}")
    prepare(database)
    with database.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return file


@pytest.fixture(scope="session")
def migrated_name(postgres_url) -> str:
    """The name of a prepared database on the tests' PostgreSQL, to be copied as a template."""
    with statements(postgres_url) as run:
        run("CREATE DATABASE browser")
    database = Database(named(postgres_url, "browser"))
    prepare(database)
    database.close()
    return "browser"


def prepare(database: Database) -> None:
    migrate(database)
    with database.session() as session:
        session.add(Account(**HELMI | {"language": "en"}))


@contextmanager
def statements(url: str) -> Iterator[Callable[[str], object]]:
    """Yield a function that runs a statement outside of any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


def named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(migrated_file, tmp_path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'koolle.db')}"


@pytest.fixture
def postgresql_url(postgres_url, migrated_name) -> Iterator[str]:
    name = f"story_{uuid.uuid4().hex}"
    with statements(postgres_url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {migrated_name}")
        yield named(postgres_url, name)
        run(f"DROP DATABASE {name}")


# --- houses ---


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path) -> Iterator[House]:
    """A house on each kind of database."""
    with serving(request.getfixturevalue(f"{request.param}_url"), tmp_path) as house:
        yield house


@pytest.fixture
def scripts(house) -> bool:
    """Whether a guest's browser runs scripts: on the one database it does, on the other not. Each way and each database
    is gone through, and no journey four times."""
    return house.database.url.startswith("sqlite")


@pytest.fixture
def small_house(sqlite_url, tmp_path) -> Iterator[House]:
    """A house on SQLite only, for what does not depend on the database."""
    with serving(sqlite_url, tmp_path) as house:
        yield house


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[House]:
    """Serve with the worker on; both go by the house's clock."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        settings = Settings(
            data=folder, database_url=database_url, base_url=url, secret=b"0" * 32, smtp_url=None,
            mail_from="sihteeristo@koolle.example", mail_name="Sihteeristö", demo=True,
        )  # fmt: skip
        database, clock = Database(database_url), Clock()
        app = create_app(settings, database, post=False)
        app.state.clock = clock
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="none"))
        served = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        post = Worker(database, settings, write_with(settings), clock)
        served.start()
        post.start()
        yield House(url, database, settings, clock)
        post.stop()
        server.should_exit = True
        post.join()
        served.join()
        database.close()


# --- people at their browsers ---


@pytest.fixture
def sit_down(browser) -> Iterator[Callable[..., Visitor]]:
    """Give somebody a browser of their own: `sit_down(house, width=375, scripts=False)`; whatever it complained
    about fails the story in the end."""
    visitors = []

    def sit(house: House, *, width: int = 1280, scripts: bool = True, language: str = "en", **how):
        context = browser.new_context(
            base_url=house.url, viewport={"width": width, "height": 800}, java_script_enabled=scripts,
            locale={"en": "en-GB", "fi": "fi-FI", "sv": "sv-SE"}[language],
            reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(context.new_page(), looks=scripts and house.database.url.startswith("sqlite"), **how)
        visitors.append(visitor)
        return visitor

    yield sit
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.page.context.close()
    assert complaints == []
