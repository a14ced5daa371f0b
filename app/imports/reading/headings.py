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
    widths = sorted(_width(row) for row in following) or [0]
    width = max(_width(heading), widths[len(widths) // 2])
    return heading._replace(cells=[*heading.cells, *[""] * width][:width]), chain(following, rows)


def _width(row: Row) -> int:
    return max((at for at, cell in enumerate(row.cells, start=1) if cell.strip()), default=0)


def _after_titles(start: list[Row]) -> int:
    for at, row in enumerate(start[:ROWS_OF_TITLES]):
        if any("@" in cell for cell in row.cells):
            return 0
        if sum(bool(cell.strip()) for cell in row.cells) > 1:
            return at
    return 0
