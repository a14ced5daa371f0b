"""Decidim CVE-2023-34089: what stood in a filter's address came into the page and ran there.

Here whatever stands in the address of a list, a search or a filter comes back as text, or not at all.
"""

from __future__ import annotations

import pytest

from tests.security.corpora import MARK, SCRIPTS
from tests.security.served import acts, locked

ASKED = [
    "/people", "/groups", "/organisations", "/search", "/follow-ups", "/inbox", "/outbox", "/series", "/duplicates",
    "/groups/map", "/events/{event_id}/answers", "/events/{event_id}/day", "/events/{event_id}/survey/results",
    "/mailbox", "/sign-in", "/code", "/", "/imports", "/letters",
]  # fmt: skip
NAMES = ["q", "show", "by", "as", "of", "page", "next", "sort", "who", "owner", "series", "group", "language"]


@pytest.mark.long
@pytest.mark.parametrize("script", [SCRIPTS[0], SCRIPTS[2], SCRIPTS[3], SCRIPTS[9]])
def test_what_stands_in_an_address_is_text(signed_in, world, script):
    for path in ASKED:
        answer = signed_in.get(path.format_map(world.ids), params=dict.fromkeys(NAMES, script))
        assert answer.status_code in (200, 404) and (path, acts(answer.text)) == (path, []) and locked(answer)
    assert MARK in signed_in.get("/people", params={"q": script}).text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": SCRIPTS[0], "HX-Current-URL": SCRIPTS[0]}])
def test_an_address_that_is_none_is_not_repeated(client, headers):
    for script in SCRIPTS:
        answer = client.get(
            f"/people/{script.encode().hex()}/{script}".replace("#", "%23").replace("?", "%3F"), headers=headers
        )
        assert answer.status_code == 404 and acts(answer.text) == [] and "alert(" not in answer.text
