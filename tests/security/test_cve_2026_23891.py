"""Decidim CVE-2026-23891: the name of a user held a script, which ran wherever the name was shown.

Here names of accounts, people, groups and organisations are text on every page that shows them.
"""

from __future__ import annotations

import pytest

from tests.security.corpora import MARK, SHORT
from tests.security.poison import poison
from tests.security.served import acts, locked

PAGES = [
    "/", "/people", "/people/{person_id}", "/people/{person_id}/edit", "/groups/{group_id}", "/groups/map",
    "/organisations/{organisation_id}", "/events/{event_id}", "/events/{event_id}/day", "/events/{event_id}/answers",
    "/events/{event_id}/memo", "/events/{event_id}/sent", "/inbox", "/m/{public_id}",
]  # fmt: skip


@pytest.mark.long
def test_a_name_is_text_wherever_it_stands(signed_in, session, world):
    for table in ("accounts", "people", "groups", "organisations", "attendances", "day_seats", "incoming_mails"):
        poison(session, SHORT, table)
    signed_in.get(f"/i/{world.ids['token']}")
    for path in PAGES:
        answer = signed_in.get(path.format_map(world.ids))
        assert (path, answer.status_code, acts(answer.text)) == (path, 200, [])
        assert MARK in answer.text and locked(answer)
