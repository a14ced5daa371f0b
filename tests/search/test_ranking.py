from __future__ import annotations

import pytest

from app.search.ranking import distance, shared_out


@pytest.mark.parametrize(
    ("words", "found_by", "far"),
    [
        (["vm"], "valtiovarainministerio\nfinansministeriet\nvm\nfm", 0),
        (["valtio"], "valtiovarainministerio\nvm", 1),
        (["vm"], "koe vm", 2),
        (["vm"], "koe (vm)", 2),
        (["ministerio"], "valtiovarainministerio", 3),
        (["vm", "valtio"], "valtiovarainministerio\nvm", 1),
    ],
)
def test_how_far_words_are_from_a_name(words, found_by, far):
    assert distance(words, found_by) == far


@pytest.mark.parametrize(
    ("found", "places", "shares"),
    [
        ([9, 9, 9, 9, 9], 8, [2, 2, 2, 1, 1]),
        ([9, 0, 0, 0, 1], 8, [7, 0, 0, 0, 1]),
        ([2, 0, 1, 0, 0], 8, [2, 0, 1, 0, 0]),
        ([0, 0], 8, [0, 0]),
        ([3, 3], 0, [0, 0]),
    ],
)
def test_no_kind_crowds_out_another(found, places, shares):
    assert shared_out(found, places) == shares
