"""Which row holds the headings, and how many columns a list has, told by its first rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from app.imports.reading.problems import Unreadable
from app.imports.reading.rows import Row

ROWS_TO_LOOK_AT = 50
ROWS_OF_TITLES = 10


def headed(rows: Iterator[Row]) -> tuple[Row, Iterator[Row]]:
    """Return the row of the headings and those that follow it.

    It is the first, unless that is a title: rows of one cell above one of several that holds no address. A column
    that most rows fill gets a heading of no words. Raises Unreadable for a list without rows.
    """
    start = list(islice(rows, ROWS_TO_LOOK_AT))
    if not start:
        raise Unreadable("no_rows")
    at = _after_titles(start)
    heading, following = start[at], start[at + 1 :]
    widths = sorted(len(row.cells) for row in following) or [0]
    missing = widths[len(widths) // 2] - len(heading.cells)
    return heading._replace(cells=heading.cells + [""] * missing), chain(following, rows)


def _after_titles(start: list[Row]) -> int:
    for at, row in enumerate(start[:ROWS_OF_TITLES]):
        if any("@" in cell for cell in row.cells):
            return 0
        if sum(bool(cell.strip()) for cell in row.cells) > 1:
            return at
    return 0
