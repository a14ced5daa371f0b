"""CiviCRM CVE-2020-36389: a page elsewhere sent a form of the settings in the name of whoever was signed in.

Here every address that takes a form refuses one that does not come from our own pages, before it is read.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from tests.security.test_cve_2025_59034 import ROUTES, Anything
from tests.security.test_cve_2025_65021 import everything

JSON = '{"name": "x", "action": "remove"}'
WAYS = {
    "across sites": ({"Sec-Fetch-Site": "cross-site"}, None),
    "a neighbour": ({"Sec-Fetch-Site": "same-site"}, None),
    "neither said": ({"Origin": ""}, None),
    "a sandbox": ({"Origin": "null"}, None),
    "another site": ({"Origin": "http://evil.example", "Referer": "http://testserver/"}, None),
    "plain text": ({"Origin": "http://evil.example", "Content-Type": "text/plain"}, JSON),
    "another method": ({"Origin": "http://evil.example", "X-HTTP-Method-Override": "GET"}, None),
}  # fmt: skip
POSTED = sorted({route.path_format for route, method in ROUTES if method == "POST"})


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_no_form_from_elsewhere_is_taken(signed_in, session, world, way):
    headers, body = WAYS[way]
    before = everything(session)
    for path in POSTED:
        answer = signed_in.post(path.format_map(Anything(world.ids)), headers=headers, content=body)
        assert (path, answer.status_code, "set-cookie" in answer.headers) == (path, 403, False)
    assert everything(session) == before and session.scalars(select(AuditEntry.number)).all() == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_no_other_method_changes_anything(signed_in, world, method):
    for path in ("/lists/{list_id}", "/events/{event_id}/delete", "/outbox/hold", "/sign-out"):
        assert signed_in.request(method, path.format_map(world.ids)).status_code in (403, 405)


def test_a_get_takes_the_place_of_no_post(signed_in, session, world):
    before = everything(session)
    for path in ("/outbox/hold", "/sign-out", "/events/{event_id}/revive", "/imports/{import_id}/bring-in"):
        address = path.format_map(world.ids)
        for more in ("", "?_method=POST", "?action=remove"):
            assert signed_in.get(address + more, headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    assert everything(session) == before
