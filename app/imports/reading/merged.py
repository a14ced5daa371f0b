"""Cells merged downwards: what the first one holds counts for each row beside it."""

from __future__ import annotations

import re
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

MOST = 20_000
STEP = 1_000_000
LONGEST = 200  # of one element, which two steps may part

_merge = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


class Merged:
    """The merged ranges of one sheet. They stand after its rows, hence a look through the text beforehand."""

    def __init__(self, archive: ZipFile, part: str):
        self._last: dict[tuple[int, int], int] = {}
        with archive.open(part) as source:
            piece = b""
            while (step := source.read(STEP)) and len(self._last) < MOST:
                piece = piece[-LONGEST:] + step
                for column, first, last in _merge.findall(piece):
                    if int(last) > int(first):
                        self._last[int(first), column_index_from_string(column.decode())] = int(last)
        self._columns = {column for _row, column in self._last}
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, filled: dict[int, str]) -> None:
        """Complete the texts of one row, by column from 1; rows come in their order, and empty ones remain so."""
        for column in self._columns if filled else ():
            if (number, column) in self._last:
                self._open[column] = self._last[number, column], filled.get(column, "")
            last, text = self._open.get(column, (0, ""))
            if number <= last and text:
                filled.setdefault(column, text)
