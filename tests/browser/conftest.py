"""A served Koolle on a database of each kind, a clock that the stories move, and browsers that complain."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.db import Database
from app.invitations.stencils import write_with
from app.mail.worker import Worker
from app.main import create_app
from app.settings import Settings
from tests import cast
from tests.asking import let_machines_ask
from tests.browser.visitor import Visitor
from tests.migrated import name_of, new_database, new_file, run

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)  # 9.00 in Helsinki
PATIENCE = 45_000  # milliseconds; only a failing story waits so long


class Clock:
    """What Koolle takes for now: it stands still until a story moves it, or lets it go."""

    def __init__(self):
        self.at = MORNING
        self.went: float | None = None

    def __call__(self) -> datetime:
        return self.at if self.went is None else self.at + timedelta(seconds=time.monotonic() - self.went)

    def go(self) -> None:
        self.went = time.monotonic()

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


# --- databases: prepared once, copied for each story ---


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("browser") / "prepared.db"
    prepare(new_file(file))
    return file


@pytest.fixture(scope="session")
def prepared_name(postgres_url) -> str:
    """The name of a prepared database on the tests' PostgreSQL, to be copied as a template."""
    url = new_database(postgres_url)
    prepare(url)
    return name_of(url)


def prepare(url: str) -> None:
    database = Database(url)
    with database.session() as session:
        cast.account(session, language="en")
    database.close()


@pytest.fixture
def sqlite_url(prepared_file, tmp_path) -> str:
    return f"sqlite:///{shutil.copy(prepared_file, tmp_path / 'koolle.db')}"


@pytest.fixture
def postgresql_url(postgres_url, prepared_name) -> Iterator[str]:
    url = new_database(postgres_url, prepared_name)
    yield url
    run(postgres_url, f"DROP DATABASE {name_of(url)}")


# --- houses ---


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path) -> Iterator[House]:
    """A house on each kind of database, for a journey that is gone through with scripts and without (see `scripts`).

    What a browser is needed for (scripts, keys, colours, widths, what Chromium makes of a file) is the same on both:
    all else has a small house, and its statements run on both databases in the other tests."""
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
        held.listen()  # or a browser that is faster than the server's start is refused
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        settings = Settings(
            data=folder, database_url=database_url, base_url=url, secret=b"0" * 32, smtp_url=None,
            mail_from="sihteeristo@koolle.example", mail_name="Sihteeristö", demo=True,
        )  # fmt: skip
        database, clock = Database(database_url), Clock()
        app = create_app(settings, database, post=False)
        app.state.clock = clock
        let_machines_ask(app)  # the house's clock stands still
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


class Windows:
    """Chromium's windows, each with cookies of its own; who leaves one leaves it as new.

    To open one takes Chromium a second of work. What a page keeps in its browser stays behind with the house, whose
    address nobody else has; cookies go to all ports of a machine and are cleared.
    """

    def __init__(self, browser: Browser):
        self.browser = browser
        self.free: defaultdict[tuple[int, bool, str], list[Page]] = defaultdict(list)

    @contextmanager
    def lend(self, width: int, scripts: bool, language: str) -> Iterator[Page]:
        free = self.free[width, scripts, language]
        page = free.pop() if free else self.open(width, scripts, language)
        yield page
        context, visited = page.context, page.context.pages
        context.set_offline(False)
        context.unroute_all()
        free.append(context.new_page())
        for page in visited:
            page.close()
        context.clear_cookies()

    def open(self, width: int, scripts: bool, language: str) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, reduced_motion="reduce",
            locale={"en": "en-GB", "fi": "fi-FI", "sv": "sv-SE"}[language],
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        return context.new_page()


@pytest.fixture(scope="session")
def windows(browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def sit_down(windows) -> Iterator[Callable[..., Visitor]]:
    """Give somebody a browser of their own: `sit_down(house, width=375, scripts=False)`; whatever it complained
    about fails the story in the end."""
    with ExitStack() as borrowed:
        visitors = []

        def sit(house: House, *, width: int = 1280, scripts: bool = True, language: str = "en", **how):
            page = borrowed.enter_context(windows.lend(width, scripts, language))
            looks = scripts and house.database.url.startswith("sqlite")
            visitor = Visitor(page, house.url, looks=looks, **how)
            borrowed.callback(visitor.leave)
            visitors.append(visitor)
            return visitor

        yield sit
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
