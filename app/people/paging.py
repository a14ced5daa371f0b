"""A long list in pages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE = 50

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, numbered from 1: which of how many it shows, and the numbers of the pages beside it."""

    rows: Sequence[Row]
    first: int
    last: int
    total: int
    earlier: int | None
    later: int | None


def page_of(rows: Sequence[Row], number: str, size: int = PAGE) -> Page[Row]:
    """Return the page that an address asks for; nonsense gives the first page, too much the last."""
    pages = max(1, -(-len(rows) // size))
    here = min(int(number), pages) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    here = max(here, 1)
    start = (here - 1) * size
    shown = rows[start : start + size]
    return Page(
        rows=shown,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        total=len(rows),
        earlier=here - 1 if here > 1 else None,
        later=here + 1 if here < pages else None,
    )
