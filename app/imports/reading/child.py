"""The reader's own process, `python -m app.imports.reading.child KIND`: a file comes in, rows go out as JSON lines.

The first line is what the headings are, then come lists of rows, then {"end": true}; {"unreadable": [code, values]}
may come instead of any of them. What the process is killed for, the parent says.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any

from app.imports.reading.headings import headed
from app.imports.reading.mojibake import mended
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import CARD_FIELDS, MOST_COLUMNS, MOST_ROWS, Row

# what one file may cost; a list of 20,000 people takes a second
WALL_SECONDS = 120  # the other side's own work between the rows included
CPU_SECONDS = 30
MEMORY_BYTES = 256_000_000

MOST_CELLS = 2_000_000
MOST_IN_CELL = 32_767
MOST_LETTERS = 30_000_000  # a workbook writes a text once, and may show it in each of its cells
ROWS_AT_ONCE = 200
TEXT_AT_ONCE = 200_000

_unstorable = re.compile("[\0\ud800-\udfff]")


def main(kind: str) -> None:
    limit()
    try:
        for message in messages(kind, sys.stdin.buffer.read()):
            say(message)
    except MemoryError:
        say({"unreadable": ["took_too_much", {}]})
    except Exception as error:  # its text could quote the file: only its kind is passed on
        say({"unreadable": ["unforeseen", {"error": type(error).__name__}]})


def say(message: Any) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def limit() -> None:
    """Let the kernel end this process when it has used what it may, and let it open nothing that it can write."""
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def messages(kind: str, content: bytes) -> Iterator[Any]:
    """Yield what is to be told of a file, each of them JSON."""
    try:
        about, heading, rows = opened(kind, content)
        yield {**about, "headings": heading.cells, "number": heading.number}
        yield from batches(rows)
        yield {"end": True}
    except Unreadable as refusal:
        yield {"unreadable": [refusal.problem.code, refusal.problem.values]}


def opened(kind: str, content: bytes) -> tuple[dict[str, Any], Row, Iterator[Row]]:
    """Return what is said of the source, its headings, its rows. Each reader is loaded only where it is needed."""
    if kind == "pasted":
        from app.imports.pasting import read_pasted

        pasted = read_pasted(*json.loads(content))
        return {}, Row(pasted.number, pasted.headings, []), pasted.rows
    if kind == "vcard":
        from app.imports.reading.cards import read_cards

        return {}, Row(0, CARD_FIELDS, []), bounded(read_cards(content))
    if kind == "xlsx":
        from app.imports.reading.sheets import read_workbook

        about, rows = read_workbook(content)
        return about, *headed(bounded(rows))
    from app.imports.reading.delimited import read_delimited

    heading, rows = headed(bounded(read_delimited(content)))
    return {}, heading, even(rows, len(heading.cells))


def bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Pass the rows on within what an import can be, with letters that were decoded twice mended. Raises Unreadable."""
    cells = letters = 0
    for count, row in enumerate(rows, start=1):
        cells += len(row.cells)
        letters += sum(map(len, row.cells))
        if count > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        if cells > MOST_CELLS:
            raise Unreadable("too_many_cells", most=MOST_CELLS)
        if len(row.cells) > MOST_COLUMNS:
            raise Unreadable("too_many_cells_in_row", row=row.number, most=MOST_COLUMNS)
        if any(len(cell) > MOST_IN_CELL for cell in row.cells):
            raise Unreadable("too_long_cell", row=row.number, most=MOST_IN_CELL)
        if letters > MOST_LETTERS:
            raise Unreadable("unpacks_too_large")
        yield row._replace(cells=[_storable(mended(cell) or cell) for cell in row.cells])


def even(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Pass the rows on; one that fills more cells than there are headings was parted at the wrong places."""
    for row in rows:
        while len(row.cells) > width and not row.cells[-1].strip():
            row.cells.pop()
        if len(row.cells) > width:
            row.problems.append(Problem("more_cells", {"found": len(row.cells), "expected": width}))
        yield row


def batches(rows: Iterator[Row]) -> Iterator[list[Any]]:
    """Yield lists of [number, cells, problems], of so many rows that no list is long."""
    batch: list[Any] = []
    length = 0
    for row in rows:
        batch.append([row.number, row.cells, [_told(problem) for problem in row.problems]])
        length += sum(map(len, row.cells))
        if len(batch) == ROWS_AT_ONCE or length > TEXT_AT_ONCE:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _told(problem: Problem) -> list[Any]:
    values = {key: _storable(value) if isinstance(value, str) else value for key, value in problem.values.items()}
    return [problem.code, values, problem.column]


def _storable(text: str) -> str:
    """No database and no page holds a zero byte, or half of a pair of surrogates."""
    return _unstorable.sub("\N{REPLACEMENT CHARACTER}", text)


if __name__ == "__main__":
    main(sys.argv[1])
