"""One database does: what is tested here lies before the database, or the same for both is tested in its own room."""

from __future__ import annotations

import pytest

from app.accounts.sessions import sign_in
from app.secretariats.models import Secretariat
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, PASSWORD
from tests.worlds import World


@pytest.fixture(scope="session")
def database(sqlite_database):
    return sqlite_database


@pytest.fixture
def world(session, settings) -> World:
    """One of everything, kept by the first secretariat."""
    return World(session, settings)


@pytest.fixture
def browser(client, session, app, portal):
    """Make the browser of somebody with a role in a secretariat; without one, in a secretariat of their own."""

    def make(role: str = "owner", secretariat_id: int | None = None, name: str = "Vieras Vaara") -> Client:
        if secretariat_id is None:
            other = Secretariat(name=f"{name} {role}")
            session.add(other)
            session.flush()
            secretariat_id = other.id
        email = f"{name}.{role}.{secretariat_id}@koolle.example".lower().replace(" ", ".")
        account = cast.account(session, role, secretariat_id, email=email, name=name)
        _account, token = sign_in(session, account.email, PASSWORD, NOW)
        session.commit()
        made = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
        made.cookies.set("session", token)
        return made

    return make
