"""Whether one thing leads to another over others: a condition that waits for itself, two who send each other. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping


def leads(start: Hashable, goal: Hashable, to: Mapping[Hashable, Collection[Hashable]]) -> bool:
    """Whether one comes from start to goal along what each leads to."""
    pending, seen = [start], set()
    while pending:
        one = pending.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            pending.extend(to.get(one, ()))
    return False
