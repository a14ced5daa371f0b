"""Where one comes to over what leads where."""

from __future__ import annotations

import pytest

from app.eventfiles.circles import leads

TO = {"a": ["b", "c"], "b": ["d"], "d": ["b"], "e": []}


@pytest.mark.parametrize(
    ("start", "goal", "there"),
    [("a", "a", True), ("a", "d", True), ("d", "b", True), ("d", "c", False), ("e", "a", False), ("x", "a", False)],
)
def test_where_one_leads(start, goal, there):
    assert leads(start, goal, TO) is there
