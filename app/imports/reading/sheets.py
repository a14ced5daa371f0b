"""Rows out of a workbook, of its first sheet that is shown and has something in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError

from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from app.imports.reading.merged import Merged
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import MOST_COLUMNS, Row
from app.imports.reading.workbook import Workbook

# what openpyxl raises on parts that are not as they should be
BROKEN = (ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError, SyntaxError)
BROKEN += (TypeError, ValueError, ZlibError)

_mailto = re.compile(r"^mailto:(?=[^@\s]+@)", re.IGNORECASE)


def read_workbook(content: bytes) -> tuple[dict[str, Any], Iterator[Row]]:
    """Return the names of the sheet read and of those not, and the rows that have something in them.

    Cells are texts: numbers without a needless fraction, dates as ISO 8601, a formula's stored result. A cell merged
    downwards counts for every row that it covers. Rows that are hidden are read. Raises Unreadable.
    """
    try:
        workbook = Workbook(content)
        sheets = workbook.shown()
        for name, part in sheets:
            rows = _rows(workbook, part)
            first = next(rows, None)
            if first:
                others = [other for other, _part in sheets if other != name]
                return {"sheet": name, "other_sheets": others}, _with(first, rows)
    except BROKEN:
        raise Unreadable("damaged") from None
    raise Unreadable("no_rows")


def _with(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    try:
        yield from rows
    except BROKEN:
        raise Unreadable("damaged") from None


def _rows(workbook: Workbook, part: str) -> Iterator[Row]:
    merged = Merged(workbook.archive, part)
    for number, cells in workbook.rows(part):
        row = Row(number, [], [])
        filled = dict(_filled(number, cells, row.problems))
        merged.fill(number, filled)
        if filled:
            row.cells.extend(filled.get(column, "") for column in range(1, max(filled) + 1))
            yield row


def _filled(number: int, cells: list[dict[str, Any]], problems: list[Problem]) -> Iterator[tuple[int, str]]:
    for cell in cells:
        text = _text(cell["value"])
        if not text.strip():
            continue
        column = cell["column"]
        place = f"{get_column_letter(column) if column <= 16_384 else '?'}{number}"
        if column > MOST_COLUMNS:
            raise Unreadable("too_many_columns", found=column, most=MOST_COLUMNS, cell=place)
        if cell["data_type"] == "e":
            problems.append(Problem("error_value", {"cell": place, "value": text[:20]}, column - 1))
        if cell["data_type"] == "f":
            problems.append(Problem("no_result", {"cell": place}, column - 1))
        yield column, text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _mailto.sub("", unescape(value)) if value[:1] in "mM_" or "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
