"""What stands in a workbook's cells is read as the one who wrote it sees it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from app.imports.reading import Problem, Row, Unreadable
from app.imports.reading.headings import headed
from app.imports.reading.sheets import read_workbook
from tests.imports.workbooks import MAIN, NAMES, PARTS, RELATIONS, SHEET, TYPE, sheet, text_cell, workbook

STRICT = "http://purl.oclc.org/ooxml"


def rows(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_workbook(content)[1]]


def saved(book: openpyxl.Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_cells(*cells: object) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(cells)
    return saved(book)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Aino Järvi", "Aino Järvi"),
        (" Aino\nJärvi ", " Aino\nJärvi "),
        (358401234567, "358401234567"),
        (1.0, "1"),
        (0.1, "0.1"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1, 9, 30), "2026-09-01T09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("mailto:aino@vm.example", "aino@vm.example"),
        ("mailto", "mailto"),
        ("a_x000D_b_x0041_", "a\rbA"),
        (CellRichText("Aino ", TextBlock(InlineFont(b=True), "Järvi")), "Aino Järvi"),
    ],
)
def test_a_value_becomes_the_text_that_it_shows(written, read):
    assert rows(with_cells(written)) == [[read]]


def test_formulas_give_their_stored_result_or_say_that_they_have_none():
    content = workbook(
        '<row r="1"><c r="A1" t="str"><f>B1&amp;C1</f><v>Aino</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f>B2&amp;C2</f></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><v>3</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><v>not a number</v></c></row>'
    )
    assert list(read_workbook(content)[1]) == [
        (1, ["Aino", "2"], []),
        (2, ["=B2&C2", "", "3"], [Problem("no_result", {"cell": "A2"}, 0)]),
        (
            3,
            ["#N/A", "#VALUE!"],
            [
                Problem("error_value", {"cell": "A3", "value": "#N/A"}, 0),
                Problem("error_value", {"cell": "B3", "value": "#VALUE!"}, 1),
            ],
        ),
    ]


def test_the_first_sheet_that_is_shown_and_filled_is_read():
    book = openpyxl.Workbook()
    hidden, empty, members, others = (book.create_sheet(name) for name in ("Piilo", "Tyhjä", "Jäsenet", "Muut"))
    hidden.append(["piilossa"])
    hidden.sheet_state = "hidden"
    empty["A1"].font = openpyxl.styles.Font(bold=True)
    members.append(["Aino"])
    others.append(["Eino"])
    del book["Sheet"]
    book.create_chartsheet("Kuvio", 0)
    about, read = read_workbook(saved(book))
    assert (about, [row.cells for row in read]) == (
        {"sheet": "Jäsenet", "other_sheets": ["Tyhjä", "Muut"]},
        [["Aino"]],
    )


def test_formatting_far_away_refuses_no_good_file():
    book = openpyxl.Workbook()
    book.active.append(["Nimi", "Osoite"])
    book.active.append(["Aino", "aino@vm.example"])
    for place in ("XFD1", "A1048576", "XFD1048576", "C2"):
        book.active[place].font = openpyxl.styles.Font(bold=True)
    assert rows(saved(book)) == [["Nimi", "Osoite"], ["Aino", "aino@vm.example"]]


def test_a_value_far_away_is_refused_with_its_place():
    with pytest.raises(Unreadable) as refusal:
        rows(workbook(f'<row r="7">{text_cell("XFD7", "x")}</row>'))
    assert refusal.value.sentence() == (
        "The sheet claims 16,384 columns (cell XFD7 is filled in); at most 100 can be read. "
        "Delete the columns that you do not need."
    )


def test_empty_cells_count_towards_the_most(monkeypatch):
    monkeypatch.setattr("app.imports.reading.workbook.MOST_CELLS", 5)
    with pytest.raises(Unreadable) as refusal:
        rows(workbook("<row><c/><c/><c/></row>" * 2))
    assert refusal.value.problem == Problem("too_many_cells", {"most": 5})


@pytest.mark.parametrize("claim", ["A1", "A1:XFD1048576", "B7:C9", "nonsense"])
def test_what_the_file_says_of_its_size_is_not_believed(claim):
    parts = {
        SHEET: sheet(f'<row r="2">{text_cell("A2", "x")}</row>').replace(
            "<sheetData>", f'<dimension ref="{claim}"/><sheetData>'
        )
    }
    assert rows(workbook(parts=parts)) == [["x"]]


def test_a_cell_merged_downwards_counts_for_each_row_that_has_something_else(monkeypatch):
    monkeypatch.setattr("app.imports.reading.merged.STEP", 7)
    book = openpyxl.Workbook()
    for cells in (["Jäsenet", "", ""], ["VM", "Aino", ""], ["", "Eino", ""], ["", "", ""], ["OM", "Ilmi", ""]):
        book.active.append([cell or None for cell in cells])
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A2:A4")
    assert rows(saved(book)) == [["Jäsenet"], ["VM", "Aino"], ["VM", "Eino"], ["OM", "Ilmi"]]


def test_what_stands_below_the_rows_is_not_read():
    parts = {SHEET: sheet("<row><c><v>1</v></c></row>", below="<x><row><c><v>2</v></c></row></x>")}
    assert rows(workbook(parts=parts)) == [["1"]]


def test_hidden_rows_and_rows_without_places_are_read():
    assert rows(workbook("<row hidden='1'><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>")) == [
        ["1", "", "2"],
        ["3"],
    ]


@pytest.mark.parametrize(
    "others",
    [
        {f"{TYPE}.sheet.main": "application/vnd.ms-excel.sheet.macroEnabled.main"},
        {MAIN: f"{STRICT}/spreadsheetml/main", RELATIONS: f"{STRICT}/officeDocument/relationships"},
    ],
    ids=["with macros", "strict"],
)
def test_a_workbook_that_calls_its_parts_by_other_names_is_read(others):
    parts = {**PARTS, SHEET: sheet('<row r="1"><c r="A1" t="d"><v>2026-09-01</v></c></row>')}
    for usual, other in others.items():
        parts = {name: part.replace(usual, other) for name, part in parts.items()}
    assert rows(workbook(parts=parts)) == [["2026-09-01"]]


def test_dates_are_told_by_the_format_of_the_cell_alone():
    styles = (
        f'<styleSheet {NAMES}><numFmts><numFmt numFmtId="170" formatCode="d\\.m\\.yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs><garbage/></styleSheet>'
    )
    content = workbook(
        '<row><c s="0"><v>46266</v></c><c s="1"><v>46266</v></c><c s="9"><v>1</v></c></row>', {"xl/styles.xml": styles}
    )
    assert rows(content) == [["46266", "2026-09-01", "1"]]


def test_strings_are_shared_without_their_reading_aid():
    strings = (
        f"<sst {NAMES}><si><t>Aino</t><rPh><t>x</t></rPh></si><si><r><t>Jär</t></r><r><t>vi</t></r></si><si/></sst>"
    )
    cells = "".join(f'<c t="s"><v>{n}</v></c>' for n in (1, 0, 2, 3))
    (row,) = read_workbook(workbook(f"<row>{cells}</row>", {"xl/sharedStrings.xml": strings}))[1]
    assert (row.cells, row.problems) == (
        ["Järvi", "Aino", "", "#VALUE!"],
        [Problem("error_value", {"cell": "D1", "value": "#VALUE!"}, 3)],
    )


def test_what_xlsxwriter_writes_is_read():
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("Jäsenet")
        page.write_row(0, 0, ["Nimi", "Osoite"])
        page.write_url(1, 1, "mailto:aino@vm.example", string="aino@vm.example")
        page.write_formula(1, 0, '="Aino"', value="Aino")
    assert rows(content.getvalue()) == [["Nimi", "Osoite"], ["Aino", "aino@vm.example"]]


@pytest.mark.parametrize(
    ("cells", "number", "heading", "following"),
    [
        ([["Nimi", "Osoite"], ["Aino", "a@x"]], 1, ["Nimi", "Osoite"], 1),
        ([["Jäsenet 2026"], ["(päivitetty)"], ["Nimi", "Osoite"], ["Aino", "a@x"]], 3, ["Nimi", "Osoite"], 1),
        ([["a@x"], ["Aino", "b@x"]], 1, ["a@x", ""], 1),
        ([["Aino"], ["b@x", "Eino"]], 1, ["Aino", ""], 1),
        ([["Osoite"], ["a@x"], ["b@x"]], 1, ["Osoite"], 2),
        ([["Nimi"], ["Aino", "a@x"], ["Eino", "b@x"], ["Ilmi"]], 1, ["Nimi", ""], 3),
        ([["Nimi"]], 1, ["Nimi"], 0),
    ],
)
def test_headings_stand_in_the_first_row_or_below_a_title(cells, number, heading, following):
    found, rest = headed(Row(at, row, []) for at, row in enumerate(cells, start=1))
    assert (found.number, found.cells, len(list(rest))) == (number, heading, following)
