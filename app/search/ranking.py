"""How many things found of each kind are shown where there is little room. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def shared_out(found: Sequence[int], places: int) -> list[int]:
    """Share places among kinds of which so many were found: one each in turn, so that none crowds out another."""
    shares = [0] * len(found)
    while places > 0 and any(share < many for share, many in zip(shares, found, strict=True)):
        for kind, many in enumerate(found):
            if places and shares[kind] < many:
                shares[kind] += 1
                places -= 1
    return shares
