"""The parts of a workbook (Office Open XML, ECMA-376) that hold a list, through openpyxl.

Its own worksheet fills every gap with empty cells, up to the last column that a hostile file names, and its own
readers of strings, styles and what stands below the rows take minutes for parts that no list has: of those, only
what rows need is taken here.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.worksheet._reader import CELL_TAG, DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS, STYLES_TYPE
from openpyxl.xml.functions import iterparse

from app.imports.reading.problems import Unreadable
from app.imports.reading.strict import is_strict, made_transitional

MOST_CELLS = 2_000_000  # empty ones too
MOST_IN_ROW = 16_384  # as many columns as a sheet can have
MOST_ROWS_OF_SHEET = 1_048_576

STRING, TEXT, RUN, FORMAT, STYLE, STYLES_OF_STYLES, STYLES_OF_CELLS = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "r", "numFmt", "xf", "cellStyleXfs", "cellXfs")
)


class Workbook(ExcelReader):
    """A workbook of which only names, strings, number formats and one sheet are read."""

    def __init__(self, content: bytes):
        super().__init__(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if is_strict(self.archive):
            made_transitional(self.archive)
        self.read_manifest()
        self.shared_strings = list(self._strings())
        self.read_workbook()
        formats = self._formats()
        self._dates = {style for style, format in enumerate(formats) if is_date_format(format)}
        self._durations = {style for style, format in enumerate(formats) if is_timedelta_format(format)}

    def shown(self) -> list[tuple[str, str]]:
        """Return (name, part) of each sheet that is shown."""
        return [
            (sheet.name, rel.target)
            for sheet, rel in self.parser.find_sheets()
            if sheet.state == "visible" and rel.target in self.valid_files and "chartsheet" not in rel.Type
        ]

    def rows(self, part: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Yield (number, cells that are written) of each row that is written. Raises Unreadable, and what is BROKEN."""
        with self.archive.open(part) as source:
            yield from Parser(
                source, self.shared_strings, data_only=True, epoch=self.wb.epoch,
                date_formats=self._dates, timedelta_formats=self._durations,
            ).rows()  # fmt: skip

    def _strings(self) -> Iterator[str]:
        for element in self._ended(SHARED_STRINGS):
            if element.tag == STRING:
                texts = [*element.findall(TEXT), *(text for run in element.findall(RUN) for text in run.findall(TEXT))]
                yield "".join(text.text or "" for text in texts)
                element.clear()

    def _formats(self) -> list[str]:
        """Return the number format of each style that cells can have."""
        formats, styles = dict(BUILTIN_FORMATS), []
        for element in self._ended(STYLES_TYPE):
            if element.tag == FORMAT:
                formats[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
            elif element.tag == STYLE:
                styles.append(int(element.get("numFmtId", 0)))
            elif element.tag == STYLES_OF_STYLES:
                styles.clear()
            elif element.tag == STYLES_OF_CELLS:
                break
            element.clear()
        return [formats.get(style, "") for style in styles]

    def _ended(self, content_type: str) -> Iterator[Any]:
        """Yield each element of the part of a type, as it ends."""
        part = self.package.find(content_type)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                yield from (element for _event, element in iterparse(source))


class Parser(WorkSheetParser):
    """Gives a formula without a stored result as the formula, and what cannot be a value as the spreadsheet's error."""

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        cells = cells_in_row = last = 0
        for _event, element in iterparse(self.source):
            if element.tag == CELL_TAG:
                cells_in_row += 1
                if cells_in_row > MOST_IN_ROW:
                    raise Unreadable("too_many_cells_in_row", row=self.row_counter + 1, most=MOST_IN_ROW)
            elif element.tag == ROW_TAG:
                cells += cells_in_row
                if cells > MOST_CELLS:
                    raise Unreadable("too_many_cells", most=MOST_CELLS)
                row = self.parse_row(element)
                if not last < row[0] <= MOST_ROWS_OF_SHEET:
                    raise ValueError("the rows are not in their order")
                yield row
                element.clear()
                last, cells_in_row = row[0], 0
            elif element.tag == DATA_TAG:
                return  # what stands below the rows may be as long as they are

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
