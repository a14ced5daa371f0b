"""Rows out of a workbook (Office Open XML, ECMA-376), of its first sheet that is shown and has something in it.

openpyxl reads the parts; its own worksheet fills every gap with empty cells, up to the last column that a hostile
file names, so that rows are taken from its parser, which knows only the cells that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from app.imports.reading.merged import Merged
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import Row
from app.imports.reading.strict import is_strict, made_transitional

MOST_COLUMNS = 100
STRING, TEXT, RUN = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "r"))
# what openpyxl raises on parts that are not as they should be
BROKEN = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
BROKEN += (SyntaxError, TypeError, ValueError, ZlibError)

_mailto = re.compile(r"mailto:(?=[^@\s]+@)", re.IGNORECASE)


class Workbook(ExcelReader):
    """A workbook of which only names, strings, number formats and one sheet are read."""

    def __init__(self, content: bytes):
        super().__init__(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if is_strict(self.archive):
            made_transitional(self.archive)
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        try:
            apply_stylesheet(self.archive, self.wb)
        except BROKEN:  # dates remain numbers, which is better than no rows
            self.wb._date_formats = self.wb._timedelta_formats = set()

    def read_strings(self) -> None:
        """Read the strings that cells share; the library's own way takes ten times as long."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            events = iterparse(source, events=("start", "end"))
            _event, root = next(events)
            for event, node in events:
                if event == "end" and node.tag == STRING:
                    texts = [*node.findall(TEXT), *(text for run in node.findall(RUN) for text in run.findall(TEXT))]
                    self.shared_strings.append("".join(text.text or "" for text in texts))
                    root.clear()

    def shown(self) -> list[tuple[str, str]]:
        """Return (name, part) of each sheet that is shown."""
        return [
            (sheet.name, rel.target)
            for sheet, rel in self.parser.find_sheets()
            if sheet.state == "visible" and rel.target in self.valid_files and "chartsheet" not in rel.Type
        ]

    def rows(self, part: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        with self.archive.open(part) as source:
            formats = {"date_formats": self.wb._date_formats, "timedelta_formats": self.wb._timedelta_formats}
            yield from Parser(source, self.shared_strings, data_only=True, epoch=self.wb.epoch, **formats).parse()


class Parser(WorkSheetParser):
    """Gives a formula without a stored result as the formula, and what cannot be a value as the spreadsheet's error."""

    def parse_cell(self, element) -> dict[str, Any]:
        try:
            cell = super().parse_cell(element)
        except (ArithmeticError, LookupError, ValueError):
            return {"row": self.row_counter, "column": self.col_counter, "value": "#VALUE!", "data_type": "e"}
        if cell["value"] is None and cell["data_type"] != "str":
            formula = element.find(FORMULA_TAG)
            if formula is not None:
                cell.update(value=f"={formula.text or ''}", data_type="f")
        return cell


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
            raise Unreadable("too_many_columns", found=f"{column:,}", most=MOST_COLUMNS, cell=place)
        if cell["data_type"] == "e":
            problems.append(Problem("error_value", {"cell": place, "value": text[:20]}, column - 1))
        if cell["data_type"] == "f":
            problems.append(Problem("no_result", {"cell": place}, column - 1))
        yield column, text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _mailto.sub("", unescape(value), count=1) if value[:1] in "mM_" or "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
