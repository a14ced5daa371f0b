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
    here = page_number(len(rows), number, size)
    return page_at(rows[(here - 1) * size : here * size], len(rows), here, size)


def page_number(total: int, number: str, size: int = PAGE) -> int:
    """Return the number of the page that an address asks for, of so many rows."""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    return max(1, min(asked, -(-total // size)))


def page_at(shown: Sequence[Row], total: int, here: int, size: int = PAGE) -> Page[Row]:
    """Return the page `here` of so many rows in all, with the rows that stand on it."""
    start = (here - 1) * size
    return Page(
        rows=shown,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        total=total,
        earlier=here - 1 if here > 1 else None,
        later=here + 1 if here * size < total else None,
    )
