"""Addresses that make no sense are answered as what is not there, on every page that reads one."""

from __future__ import annotations

import re

import pytest

from app.rooms import ROUTERS
from tests import cast

PATHS = sorted({route.path for router in ROUTERS for route in router.routes if "{" in route.path})
PLACE = re.compile(r"\{\w+(:\w+)?\}")


def beside_databases(keys: list[str], no_keys: list[str]) -> list[tuple[str, str]]:
    """Each key on both databases, and what is no key on one."""
    return [(kind, key) for kind in ("sqlite", "postgresql") for key in keys] + [("sqlite", key) for key in no_keys]


KEYS = ["0", "-1", "2147483648", "9223372036854775808", "1" + "0" * 30]
NO_KEYS = ["1.0", "abc", "%0a1"]  # no database is asked for them


@pytest.mark.parametrize(("database", "key"), beside_databases(KEYS, NO_KEYS), indirect=["database"])
def test_a_key_of_nothing_is_not_found(signed_in, key):
    answers = {path: signed_in.get(PLACE.sub(key, path)).status_code for path in PATHS}
    assert {path: status for path, status in answers.items() if status not in (303, 404, 405, 410)} == {}


@pytest.mark.parametrize(
    ("database", "key"), beside_databases(["0", "-1", "2147483648", "1" + "0" * 30], ["1.0"]), indirect=["database"]
)
def test_a_form_for_nothing_is_not_found(signed_in, key):
    answers = {path: signed_in.post(PLACE.sub(key, path), data={}).status_code for path in PATHS}
    assert {path: status for path, status in answers.items() if status not in (404, 405, 410)} == {}


def test_a_query_that_makes_no_sense_is_not_found(signed_in, session):
    event = cast.event(session, cast.group(session, "Rakennusneuvosto"))
    session.commit()
    for query in ("edit=abc", "edit=", "edit=1.5"):
        assert signed_in.get(f"/events/{event.id}/agenda?{query}").status_code == 404
    assert signed_in.get(f"/events/{event.id}/agenda?edit={10**30}").status_code == 200


def test_a_slash_too_many_leads_nowhere(client):
    """A redirect would name the scheme and the host that the request came by, which behind a proxy are not ours."""
    for path in ("/sign-in/", "/i/" + "a" * 32 + "/"):
        assert client.get(path).status_code == 404
