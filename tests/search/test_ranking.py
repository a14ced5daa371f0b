from __future__ import annotations

import pytest

from app.search.ranking import shared_out


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
