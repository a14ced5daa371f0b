"""Groups that are parts of other groups. Pure."""

from __future__ import annotations

from collections.abc import Mapping


def loop(group_id: int, part_of: int, wholes: Mapping[int, int | None]) -> list[int] | None:
    """Return the path of group ids by which a group would be a part of itself were it a part of `part_of`, or None.

    wholes: of what each group is a part now.
    """
    path, here = [group_id], part_of
    while here is not None:
        path.append(here)
        if here == group_id:
            return path
        if here in path[:-1]:
            return None
        here = wholes.get(here)
    return None
