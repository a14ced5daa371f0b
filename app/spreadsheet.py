"""A page's table as a file: XLSX with typed cells, CSV for everything else; no formula comes alive in either.

A room describes each of its tables once (`tables.py`): its columns, each a heading with what it takes from a row.
`?as=xlsx` or `?as=csv` on the address of the page gives the file, of all rows that the page's filter lets through.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Depends, Query
from fastapi.responses import Response
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.errors import Refused
from app.forms import CONTROL
from app.language import gettext as _
from app.language import spoken

Cell = str | int | float | bool | date | datetime | time | None
Column = tuple[str, Callable[[Any], Cell]]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# Excel's own limits: rows below the heading, letters in a cell, letters of a sheet's name
MOST_ROWS, MOST_LETTERS, MOST_IN_NAME = 1_048_575, 32_767, 31
NARROWEST, WIDEST = 8, 60
MADE = datetime(1980, 1, 1)  # as the files within: the same rows give the same bytes

# what a spreadsheet takes for a formula, also behind spaces, quotes and what shows nothing, also in East Asian widths
UNSEEN = r"\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff"
QUOTES = r"\"'\u2018\u2019\u201c\u201d"
SIGNS = r"+\-@\uff0b\uff0d\uff20\ufe62\ufe63\ufe6b"
ALIVE = re.compile(rf"[\s{QUOTES}{UNSEEN}]*[=|\uff1d\ufe66{SIGNS}]|\s*[\t\r]")
# the same behind a comma, a tab or a line's end, where a program parts that takes no semicolon for it: quotes then hold
# nothing together. A sign only begins what does something if a function or another program is called, or a file named:
# telephone numbers and the dashes of a list stay as they are
PARTED = re.compile(
    rf"([,\t\n][ \u00a0{QUOTES}{UNSEEN}]*)"
    rf"(?=[=\uff1d\ufe66]|[{SIGNS}](?:[^,\t\n]*[|!]|[^,\t\n]*(?<![\w.])[^\W\d_][\w.]*[ ]*\())"
)
DAYS = {"fi": "d.m.yyyy", "sv": "d.m.yyyy", "en": "[$-809]d mmmm yyyy"}
CLOCKS = {"fi": "h.mm", "sv": "h.mm", "en": "hh:mm"}


@dataclass(frozen=True)
class Table:
    """A list as a page shows it: its name in words; its columns, each a heading and what it takes from a row; the rows.

    A taken date, time or number becomes a typed cell; a time that knows its zone is written as its own clock shows it.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _take in self.columns]

    @property
    def cells(self) -> Iterable[list[Cell]]:
        return ([take(row) for _heading, take in self.columns] for row in self.rows)


@dataclass(frozen=True)
class Wanted:
    """The kind of file that an address asks for, and of which of its page's tables: "" is the first one."""

    kind: Literal["xlsx", "csv"]
    of: str


async def _wanted(kind: Annotated[str, Query(alias="as")] = "", of: str = "") -> Wanted | None:
    return Wanted(kind, of) if kind in MEDIA_TYPES else None


WantedFile = Annotated[Wanted | None, Depends(_wanted)]


def exported(wanted: Wanted, table: Table, *beside: Table) -> Response:
    """Return the table as a file to keep, under its own name (RFC 6266, RFC 8187).

    beside: what a workbook holds on further sheets; as CSV each table is a file of its own.
    """
    content = as_workbook(table, *beside) if wanted.kind == "xlsx" else as_csv(table.headings, table.cells)
    name = " ".join(re.sub(r"[^\w.,()–-]", " ", table.name).split())[:100] + f".{wanted.kind}"
    plain = unicodedata.normalize("NFKD", name.replace("–", "-")).encode("ascii", "ignore").decode()
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=MEDIA_TYPES[wanted.kind], headers=headers)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a file as Excel opens it by a double press: UTF-8 with its mark, semicolons, CRLF, every field in quotes.

    What a spreadsheet would take for a formula gets an apostrophe before it, within a text as well where a program that
    parts at commas or tabs would see one. Days and times are ISO 8601.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_in_csv(heading) for heading in headings])
    writer.writerows([_in_csv(cell) for cell in cells] for cells in rows)
    return written.getvalue().encode("utf-8-sig")


def _in_csv(cell: Cell) -> str:
    cell = _plain(cell)
    if isinstance(cell, str):
        cell = PARTED.sub(r"\1'", cell)
        return f"'{cell}" if ALIVE.match(cell) else cell
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)


def as_workbook(*tables: Table) -> bytes:
    """Return a workbook with a sheet for each table: texts as texts whatever they look like, days, times and numbers as
    such.

    Raises Refused for more rows than a sheet holds.
    """
    written = io.BytesIO()
    with TemporaryDirectory() as folder:
        settings = {"constant_memory": True, "tmpdir": folder}
        with Workbook(written, settings) as workbook:
            workbook.set_properties({"title": tables[0].name, "created": MADE})
            names = unlike_names([sheet_name(table.name) for table in tables])
            for name, table in zip(names, tables, strict=True):
                _fill(workbook, workbook.add_worksheet(name), table.headings, table.cells)
    return written.getvalue()


def _fill(workbook: Workbook, sheet: Worksheet, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    language = spoken()
    top = {"valign": "top"}
    text, bold = workbook.add_format(top | {"text_wrap": True}), workbook.add_format(top | {"bold": True})
    # stays a text when somebody opens the cell and presses Enter
    tame = workbook.add_format(top | {"text_wrap": True, "quote_prefix": True})
    number = workbook.add_format(top)
    # a datetime is a date as well, so it comes first
    moments = {
        datetime: workbook.add_format(top | {"num_format": f"{DAYS[language]} {CLOCKS[language]}"}),
        date: workbook.add_format(top | {"num_format": DAYS[language]}),
        time: workbook.add_format(top | {"num_format": CLOCKS[language]}),
    }
    widths = [len(heading) + 3 for heading in headings]  # the filter's button stands beside the heading
    for place, heading in enumerate(headings):
        _write_text(sheet, 0, place, _plain(heading), bold)
    last = 0
    for last, cells in enumerate(rows, 1):
        if last > MOST_ROWS:
            raise Refused(_("A sheet holds %(most)s rows, and here are more. Take the CSV.") % {"most": MOST_ROWS})
        for place, cell in enumerate(map(_plain, cells)):
            if isinstance(cell, str) and cell:
                _write_text(sheet, last, place, cell, tame if ALIVE.match(cell) else text)
            elif isinstance(cell, int | float):
                sheet.write_number(last, place, cell, number)
            elif cell is not None and cell != "":
                format = next(format for kind, format in moments.items() if isinstance(cell, kind))
                sheet.write_datetime(last, place, cell, format)
            widths[place] = max(widths[place], _width(cell))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 1, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, format: Any) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for a formatted text's own XML and write it as it stands
        sheet.write_rich_string(row, place, text[:1], format, text[1:], format)
    else:
        sheet.write_string(row, place, text, format)


def _width(cell: Cell) -> int:
    if isinstance(cell, str):
        return max(map(len, cell.split("\n")))
    return 16 if isinstance(cell, date) else len(str(cell)) if cell is not None else 0


def _plain(cell: Cell) -> Cell:
    """A cell without what XML cannot hold or what turns the reading around; yes and no in words; cut to a cell."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROL)
    text = text.encode("utf-8", "replace").decode()  # half a pair of UTF-16
    if len(text.encode("utf-16-le")) > 2 * MOST_LETTERS:
        text = text.encode("utf-16-le")[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def sheet_name(title: str) -> str:
    """A sheet's name: at most 31 letters, none of []:*?/\\, no apostrophe at an end, and not Excel's own "History"."""
    name = " ".join(re.sub(r"[\[\]:*?/\\]", " ", str(_plain(title))).split()).strip("'")
    name = name.encode("utf-16-le")[: 2 * MOST_IN_NAME].decode("utf-16-le", "ignore").strip(" '")
    return name if name and name.casefold() != "history" else "Koolle"


def unlike_names(names: Sequence[str]) -> list[str]:
    """Names of sheets made different from each other, as a workbook needs them, whatever their case."""
    found: list[str] = []
    for name in names:
        there = {other.casefold() for other in found}
        number = 2
        while name.casefold() in there:
            name = f"{name[: MOST_IN_NAME - 4].rstrip()} ({number})"
            number += 1
        found.append(name)
    return found
