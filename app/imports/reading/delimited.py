"""Rows out of delimited text (RFC 4180, and what spreadsheets really write)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from app.imports.reading.delimiters import Layout, layout_of
from app.imports.reading.encoding import encoding_of
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import Row

MOST_IN_CELL = 32_767  # as in a spreadsheet
MOST_IN_LINE = 1_000_000
LINES_TO_WEIGH = 100

_sep = re.compile(r"sep=(.)[\r\n]*", re.IGNORECASE)


class Lines:
    """The lines of a text with their ends, a few ahead; remembers the lines since `begin`, the first being `first`."""

    def __init__(self, content: bytes):
        encoding, errors = encoding_of(content)
        self._text = TextIOWrapper(BytesIO(content), encoding, errors, newline="")
        self._ahead: list[str] = []
        self.number = 0
        self.begin()

    def begin(self) -> None:
        self.first = self.number + 1
        self.taken: list[str] = []
        self._length = 0

    def peek(self, count: int) -> list[str]:
        while len(self._ahead) < count and (line := self._read()):
            self._ahead.append(line)
        return self._ahead[:count]

    def __iter__(self) -> Iterator[str]:
        while line := self._ahead.pop(0) if self._ahead else self._read():
            self.number += 1
            self.taken.append(line)
            self._length += len(line)
            if self._length > MOST_IN_LINE:  # also many lines within quotation marks
                self._refuse_length(self.first)
            yield line

    def _read(self) -> str:
        line = self._text.readline(MOST_IN_LINE + 1)
        if len(line) > MOST_IN_LINE:
            self._refuse_length(self.number + len(self._ahead) + 1)
        return line

    def _refuse_length(self, line: int) -> None:
        raise Unreadable("too_long_line", line=line, most=MOST_IN_LINE)


def read_delimited(content: bytes) -> Iterator[Row]:
    """Yield the rows that have something in them, numbered by the line on which they begin.

    A row whose quotation marks make no sense carries its raw text and a problem. Raises Unreadable.
    """
    lines = Lines(content)
    try:
        layout = _layout(lines)
        csv.field_size_limit(MOST_IN_CELL)
        rows = csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=layout.spaced, strict=True)
        while True:
            lines.begin()
            try:
                cells = next(rows, None)
                row = cells and Row(lines.first, cells, [])
            except csv.Error as error:
                row = _broken(lines, str(error))
            if row is None:
                return
            if row and any(map(str.strip, row.cells)):
                yield row
    except UnicodeDecodeError:
        raise Unreadable("damaged") from None


def _layout(lines: Lines) -> Layout:
    for first in lines.peek(1):
        if said := _sep.fullmatch(first):  # Excel's own way to say it
            next(iter(lines))
            return Layout(said[1])
    return layout_of(lines.peek(LINES_TO_WEIGH))


def _broken(lines: Lines, error: str) -> Row:
    if error.startswith("unexpected end of data") or (error.startswith("field larger") and len(lines.taken) > 1):
        raise Unreadable("open_quote", line=lines.first)
    if error.startswith("field larger"):
        raise Unreadable("too_long_cell", row=lines.first, most=MOST_IN_CELL)
    raw = "".join(lines.taken).rstrip("\r\n")
    return Row(lines.first, [raw], [Problem("quote_inside", {"line": lines.number})])
