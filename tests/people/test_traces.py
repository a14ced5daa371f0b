"""Whatever table refers to people, organisations or groups has words for it."""

from __future__ import annotations

import pytest

import app.models  # noqa: F401
from app.people.models import Group, Organisation, Person
from app.people.traces import referring_columns, trace_words


@pytest.mark.parametrize(
    ("model", "tables"),
    [
        (Person, {
            "memberships", "recipients", "invitees", "attendances", "day_seats", "speakers", "personal_links",
            "sheets",
            "survey_participations", "memo_authors", "memo_signers", "memo_copies", "comment_readers", "follow_ups",
        }),
        (Organisation, {"people", "groups", "recipients", "representations", "attendances", "present_for"}),
        (Group, {"groups", "events", "recipients", "representations", "present_for"}),
    ],
)  # fmt: skip
def test_every_table_that_hinders_a_deletion_is_known_in_words(model, tables):
    hindering = {column.table.name for column in referring_columns(model.__table__)}
    assert hindering == tables
    assert all(trace_words(table, 2).startswith("2 ") for table in hindering)
