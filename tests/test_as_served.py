"""Every page and form on a database as it is served: on connections that only read and others that write, a while after
the reader's last page. The other tests have one connection, which all of a test's sessions share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.accounts.sessions import sign_in
from app.db import Database
from app.main import state_of
from tests import cast
from tests.asking import Client, let_machines_ask
from tests.conftest import NOW, PASSWORD
from tests.migrated import new_database, new_file
from tests.security.pages_forms import Found, forms_in
from tests.test_all_or_nothing import POSTS, WRITES
from tests.test_query_counts import addresses
from tests.worlds import World

LATER = timedelta(minutes=5)  # so long that it is noted anew that a session is in use
CSV = ("lista.csv", "Nimi;Sähköposti\nUuno Uusi;uuno@rm.example\n".encode(), "text/csv")
LAST = ("/sign-out", "/account", "delete", "/secretariats", "/undo")  # after these there is less to be sent a form to

Anew = Callable[[], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
def world_anew(request, tmp_path, settings) -> Iterator[tuple[Anew, World, str]]:
    """What opens a database that holds the world: each time anew on SQLite; on PostgreSQL, where a copy takes seconds,
    as the form before has left it. The world, and the cookie of Helmi's session."""
    files = request.param == "sqlite"
    kept = new_file(tmp_path / "kept.db") if files else new_database(request.getfixturevalue("postgres_url"))
    with closing(Database(kept)) as database, Session(database.writer, expire_on_commit=False) as session:
        account = cast.account(session)
        world = World(session, settings)
        token = sign_in(session, account.email, PASSWORD, NOW - LATER)[1]
        session.commit()

    def anew() -> Database:
        if files:
            (tmp_path / "served.db").write_bytes((tmp_path / "kept.db").read_bytes())
        return Database(f"sqlite:///{tmp_path / 'served.db'}" if files else kept)

    yield anew, world, token


def sent(found: Found) -> dict:
    """What a browser would send of a form as it stands, with a list in place of each file."""
    fields = {name: values[0] if values else "" for name, values in found.fields.items()}
    return {"data": fields, "files": dict.fromkeys(found.files, CSV)} if found.files else {"data": fields}


@pytest.mark.long
def test_every_page_and_form_is_answered(app, portal, settings, world_anew):
    anew, world, token = world_anew
    client = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
    client.cookies.set("session", token)
    pages, failed, wrote, written = {}, [], [], 0
    with closing(anew()) as database:
        app.state = state_of(settings, database, lambda: NOW)
        let_machines_ask(app)
        for url, status in addresses(world.ids):
            answer = client.get(url)
            if answer.status_code != status:
                failed.append(("GET", url, answer.status_code))
            pages[url] = answer.text if status == 200 and "as=" not in url else ""
    for path, found in sorted(forms_in(pages.items()).items(), key=lambda form: any(map(form[0].count, LAST))):
        if any(route.path_regex.match(path) for route in POSTS):
            with closing(anew()) as database:
                event.listen(database.writer, "after_cursor_execute", lambda *about: wrote.append(about[2]))
                app.state = state_of(settings, database, lambda: NOW)
                answer = client.request("POST", path, **sent(found))
            written += any(WRITES.match(statement) for statement in wrote)
            wrote.clear()
            if answer.status_code >= 500:
                failed.append(("POST", path, answer.status_code))
    assert failed == []
    assert written > 60
