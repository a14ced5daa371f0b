"""Groups that are parts of groups: no loop, and the path that would close one."""

from __future__ import annotations

import pytest

from app.people.parts import loop

# 3 is a part of 2, 2 of 1
WHOLES = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.parametrize(
    ("group", "part_of", "path"),
    [(1, 4, None), (4, 3, None), (3, 1, None), (1, 1, [1, 1]), (1, 2, [1, 2, 1]), (1, 3, [1, 3, 2, 1])],
)
def test_a_group_is_no_part_of_itself(group, part_of, path):
    assert loop(group, part_of, WHOLES) == path


def test_a_loop_among_others_is_not_followed_for_ever():
    assert loop(1, 2, {1: None, 2: 3, 3: 2}) is None
