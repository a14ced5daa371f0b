"""Indico CVE-2023-37901: a title with a script ran in the dialog that asks whether to delete it.

Here every page that asks before it deletes, calls off or joins names what is lost as text.
"""

from __future__ import annotations

import pytest

from tests.security.corpora import MARK, SHORT
from tests.security.poison import poison
from tests.security.served import acts, locked

ASKING = [
    "/events/{event_id}/delete", "/events/{event_id}/cancel", "/people/{person_id}/delete", "/groups/{group_id}/delete",
    "/organisations/{organisation_id}/delete", "/lists/{list_id}/deletion", "/letters/{template_id}/delete",
    "/surveys/{survey_template_id}/delete", "/events/{event_id}/survey/questions/{question_id}/removal",
    "/duplicates/{person_id}/{other_id}", "/events/{event_id}/agenda?materials={item_id}",
    "/events/{event_id}/agenda?edit={item_id}",
]  # fmt: skip


@pytest.fixture
def poisoned(session, world):
    poison(session, SHORT)
    return world.ids


def test_what_is_about_to_be_lost_is_named_as_text(signed_in, poisoned):
    for path in ASKING:
        answer = signed_in.get(path.format_map(poisoned))
        assert (path, answer.status_code, acts(answer.text)) == (path, 200, [])
        assert MARK in answer.text and locked(answer)
