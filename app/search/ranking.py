"""Which of the things found stand first, and how many of each kind where there is little room. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def distance(words: Sequence[str], found_by: str) -> int:
    """Return how far folded words are from being a thing's names, which stand one a line: 0 for a whole name each.

    A word counts nothing where it is a whole line, such as an abbreviation; one where a line begins with it, two where
    another word does, three anywhere else.
    """
    return sum(_distance(word, f"\n{found_by}\n") for word in words)


def _distance(word: str, lines: str) -> int:
    if f"\n{word}\n" in lines:
        return 0
    if f"\n{word}" in lines:
        return 1
    return 2 if any(before + word in lines for before in " -(/") else 3


def shared_out(found: Sequence[int], places: int) -> list[int]:
    """Share places among kinds of which so many were found: one each in turn, so that none crowds out another."""
    shares = [0] * len(found)
    while places > 0 and any(share < many for share, many in zip(shares, found, strict=True)):
        for kind, many in enumerate(found):
            if places and shares[kind] < many:
                shares[kind] += 1
                places -= 1
    return shares
