"""Every cookie is bound to the very host where the connection is secure, and no script reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

import app
from app.main import create_app
from tests.conftest import NOW, PASSWORD, RolledBack

EACH = {"secure", "httponly", "path=/", "samesite=lax"}


def test_one_module_makes_them_all():
    files = Path(app.__file__).parent.rglob("*.py")
    assert [file.name for file in files if re.search(r"(set|delete)_cookie\(", file.read_text())] == ["cookies.py"]


def test_where_the_connection_is_secure_no_neighbour_can_set_one(connection, settings, stage, helmi, anonymous):
    application = create_app(replace(settings, base_url="https://testserver"), RolledBack(connection), post=False)
    application.state.clock = lambda: NOW
    origin = {"Origin": "https://testserver"}
    browser = TestClient(application, base_url="https://testserver", headers=origin, follow_redirects=False)
    page = browser.get(stage.otso_link)
    answers = [
        page, browser.get(page.headers["location"]), browser.post("/language", data={"language": "sv"}),
        browser.post("/sign-in/passkey/options"),
        browser.post("/sign-in", data={"email": helmi.email, "password": PASSWORD}),
        browser.post("/sign-out"), browser.get("/sign-in"),
    ]  # fmt: skip
    given = [cookie.split("; ") for answer in answers for cookie in answer.headers.get_list("set-cookie")]
    public_id = page.headers["location"].rpartition("/")[2]
    names = {"flash", "language", "session", "passkey", f"g_{public_id}", f"s_{public_id}"}
    assert {cookie[0].partition("=")[0] for cookie in given} == {f"__Host-{name}" for name in names}
    assert [cookie for cookie in given if not {part.lower() for part in cookie} >= EACH] == []
    assert [cookie for cookie in given if any(part.lower().startswith("domain") for part in cookie)] == []


def test_what_a_neighbour_says_is_not_shown_as_ours(connection, settings):
    application = create_app(replace(settings, base_url="https://testserver"), RolledBack(connection), post=False)
    browser = TestClient(application, base_url="https://testserver")
    browser.cookies.set("flash", "Tilisi on suljettu")
    assert "Tilisi on suljettu" not in browser.get("/sign-in").text
