"""Keeps a question's choices the same ones while their texts are edited. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wanted(NamedTuple):
    """A choice or row as a form wants it: the id of the stored one that it is, None for a new one."""

    id: int | None
    text: str
    open: bool = False
    retired: bool = False


def match_choices(stored: Sequence[tuple[int, str]], wanted: Sequence[str]) -> list[tuple[int | None, str]]:
    """Return the wanted texts, each with the id of the stored choice that it is, None for a new one.

    A text that stays is the same choice wherever it moves. Where as many have gone as have come, each of the new ones
    is a gone one with its wording mended, in order.
    """
    free = {text: id for id, text in reversed(stored)}
    matched = [(free.pop(text, None), text) for text in wanted]
    kept = {id for id, _text in matched}
    gone = [id for id, _text in stored if id not in kept]
    if len(gone) != sum(id is None for id, _text in matched):
        return matched
    mended = iter(gone)
    return [(next(mended) if id is None else id, text) for id, text in matched]
