"""Every address that changes something, asked as another site would ask: refused, and nothing changes.

OWASP ASVS 5.0, 3.5.1 to 3.5.3; the cases are those of the specification's section 6.
"""

from __future__ import annotations

import pytest

from app.rooms import ROUTERS
from tests.guests.test_opening import everything
from tests.worlds import World

CHANGING = sorted(
    {(method, route.path_format) for router in ROUTERS for route in router.routes for method in route.methods}
    - {(method, route.path_format) for router in ROUTERS for route in router.routes for method in ("GET", "HEAD")}
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FOREIGN = {
    "across sites": {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver", **FORM},
    "from a neighbour": {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver", **FORM},
    "from nowhere": {"Sec-Fetch-Site": "none", "Origin": "", **FORM},
    "by an old browser, without an origin": {"Origin": "", **FORM},
    "from a sandbox": {"Origin": "null", **FORM},
    "as plain text": {"Origin": "http://evil.example", "Content-Type": "text/plain"},
    "with another method named": {"Origin": "http://evil.example", "X-HTTP-Method-Override": "GET", **FORM},
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_other_site_changes_anything(signed_in, session, settings):
    world = World(session, settings)
    before = everything(session)
    let_in = {}
    for method, path in CHANGING:
        for way, headers in FOREIGN.items():
            url, body = path.format_map(Names(world.ids)), b"public_id=x&action=save"
            answer = signed_in.request(method, url, content=body, headers=headers)
            if answer.status_code != 403:
                let_in[method, path, way] = answer.status_code
    assert let_in == {}
    assert len(CHANGING) > 150
    assert everything(session) == before


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_reading_method_that_names_another_reads(signed_in, session, settings):
    world = World(session, settings)
    before = everything(session)
    headers = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE", "X-HTTP-Method": "PUT"}
    for _method, path in CHANGING:
        signed_in.get(path.format_map(Names(world.ids)), params={"_method": "POST"}, headers=headers)
    assert everything(session) == before


class Names(dict):
    """The keys of the world, and 1 for what it has not: a refusal comes before anybody asks what is there."""

    def __missing__(self, name: str) -> int:
        return 1
