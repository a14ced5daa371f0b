"""Decidim CVE-2024-41673: an earlier version of a text, shown beside the newer one, ran a script.

Here earlier forms, versions, revisions and issues are shown as text, with what was said of them.
"""

from __future__ import annotations

import pytest

from app.agenda.models import ProgrammeVersion
from app.surveys.models import SurveyVersion
from tests.security.corpora import MARK, SHORT
from tests.security.poison import poison
from tests.security.served import acts, locked

PAGES = [
    "/events/{event_id}/memo/history", "/events/{event_id}/memo/history?section=title",
    "/events/{event_id}/survey/versions", "/events/{event_id}/agenda/versions",
    "/events/{event_id}/agenda/versions/{version}", "/events/{event_id}/issues/{version}", "/events/{event_id}/sent",
    "/events/{event_id}/memo/comments", "/follow-ups/{follow_up_id}", "/recipients/uses/{use_id}",
]  # fmt: skip


def poisoned(content):
    """The same content with the script in place of whatever is written in it."""
    if isinstance(content, dict):
        return {
            key: SHORT if key in ("title", "text", "name", "help") and value else poisoned(value)
            for key, value in content.items()
        }
    return [poisoned(one) for one in content] if isinstance(content, list) else content


@pytest.mark.long
def test_earlier_versions_are_text(signed_in, session, world):
    poison(session, SHORT)
    for row in [*session.query(ProgrammeVersion), *session.query(SurveyVersion)]:
        row.content = poisoned(row.content)
    session.commit()
    seen = 0
    for path in PAGES:
        answer = signed_in.get(path.format_map(world.ids))
        assert (path, answer.status_code, acts(answer.text)) == (path, 200, []) and locked(answer)
        seen += MARK in answer.text
    assert seen == len(PAGES)
