"""Indico CVE-2025-59034: an interface that had been forgotten asked for no permission.

Here no address exists without its row in the one policy, and without a sign-in nothing but what is open answers.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import APIRouter

from app.db import Database
from app.main import create_app
from app.rooms import ROUTERS
from app.secretariats.policy import LINK, OPEN, POLICY
from tests.conftest import settings_in

ROUTES = [(route, method) for router in ROUTERS for route in router.routes for method in sorted(route.methods)]


def test_an_address_without_a_row_stops_the_start(tmp_path, monkeypatch):
    forgotten = APIRouter()
    forgotten.add_api_route("/api/old/users", lambda: "all of them")
    monkeypatch.setattr("app.main.ROUTERS", [*ROUTERS, forgotten])
    with pytest.raises(LookupError, match="/api/old/users"):
        create_app(settings_in(tmp_path), Database(f"sqlite:///{tmp_path / 'unused.db'}"), post=False)


def test_every_row_is_of_an_address():
    assert {route.path_format for route, _method in ROUTES} == set(POLICY)


def test_a_stranger_gets_nothing_of_any_address(client, app, settings, world):
    app.state.settings = replace(settings, demo=False)  # in the demo the mailbox is everybody's
    ids = dict.fromkeys(["import_id", "report_id", "fieldless"], 1) | world.ids
    for route, method in ROUTES:
        takes = POLICY[route.path_format].by(method)
        if takes == OPEN or method == "HEAD":
            continue
        path = route.path_format.format_map(Anything(ids))
        client.cookies.clear()
        answer = client.request(method, path)
        if takes == LINK or path.startswith("/mailbox"):
            asks_again = route.name == "read_again" or (route.name == "prove" and method != "POST")
            opens = path.startswith("/i/") and not path.startswith("/i/undo/")
            leads_on = opens or asks_again  # to what is 404 without the link
            assert (method, path, answer.status_code) == (method, path, 303 if leads_on else 404)
        else:
            here = path if method == "GET" else "/"
            told = answer.status_code, answer.headers.get("location", "")
            asked = (303, f"/sign-in?next={here}"), (303, "/sign-in")
            assert told in asked, (method, path)


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("owner", {"/people": 200, "/lists": 303, "/inbox": 200, "/outbox/hold": 303}),
        ("secretary", {"/people": 200, "/lists": 303, "/inbox": 200, "/outbox/hold": 403}),
        ("viewer", {"/people": 200, "/lists": 403, "/inbox": 404, "/outbox/hold": 403}),
        ("auditor", {"/people": 200, "/lists": 403, "/inbox": 404, "/outbox/hold": 403}),
    ],
)
def test_a_role_may_what_its_row_says(browser, role, told):
    """Of each kind one; all of them are in tests/secretariats."""
    somebody = browser(role, 1)
    asked = {
        path: somebody.get(path) if path in ("/people", "/inbox") else somebody.post(path, data={"name": "Siltaväki"})
        for path in told
    }
    assert {path: answer.status_code for path, answer in asked.items()} == told


class Anything(dict):
    """Something for whatever an address names."""

    def __missing__(self, name: str) -> int:
        return 1
