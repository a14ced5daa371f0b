"""A table as a file: what a spreadsheet program makes of it. Pure."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from operator import itemgetter
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.errors import Refused
from app.language import speaking
from app.spreadsheet import MOST_LETTERS, Table, Wanted, as_csv, as_workbook, exported, sheet_name, unlike_names

ALIVE = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "|calc", "\t=1", "\tAino", "\r=1", "\n=1", " =1", "'=1", '"=1',
    "“=1", "＝1", "＋1", "－1", "＠SUM(A1)", '=HYPERLINK("http://x.example";"y")', "+358 40 123 4567", "\u202e=1",
    "\u200b=1", "\ufeff=1", "\u00ad@SUM(A1)", "\u2060+1", "﹦1", "﹢1", "﹣1", "﹫SUM(A1)",
]  # fmt: skip
TAME = ["", "Aino Järvi", "1", "007", "1.9.2026", "TRUE", "a=b", "http://x.example", "<r><t>=1</t></r>",
        "<r></si><si>", "&amp;", "two\nlines", "  spaced  ", "😀", "–", "a;b", 'a"b', "A" * 300,
        "Aino, +358 40 123 4567", "040 1, +358 (0)40 2", "Asiat:\n- katto\n- silta: 2 (3)", "5 %, -3 %", "a, b",
        "a, b = c", "etu\ttoinen"]  # fmt: skip


def as_xlsx(title, headings, rows) -> bytes:
    columns = [(heading, itemgetter(place)) for place, heading in enumerate(headings)]
    return as_workbook(Table(title, columns, rows))


def workbook(content: bytes):
    return load_workbook(io.BytesIO(content))


def sheet(rows, headings=("First", "Second"), title="People"):
    return workbook(as_xlsx(title, headings, rows)).active


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", ALIVE)
def test_no_formula_comes_alive(text):
    cell = sheet([[text, None]])["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    [[_heading], [field]] = rows_of_csv(as_csv(["First"], [[text]]))
    assert field[0] == "'"


@pytest.mark.parametrize("text", TAME)
def test_a_text_stays_as_it_is(text):
    cell = sheet([[text, "end"]])["A2"]
    assert (cell.value or "", bool(cell.quotePrefix)) == (text, False)
    assert cell.data_type == ("s" if text else "n")
    assert rows_of_csv(as_csv(["First"], [[text]])) == [["First"], [text]]


@pytest.mark.parametrize(
    "text, left",
    [
        ("Aino,=1+1", "Aino,'=1+1"),
        ("Aino, =HYPERLINK(1),=A1", "Aino, '=HYPERLINK(1),'=A1"),
        ("Aino\t=1", "Aino\t'=1"),
        ("Aino\n=1", "Aino\n'=1"),
        ("Aino,＝1", "Aino,'＝1"),
        ("Aino,\u200b=1", "Aino,\u200b'=1"),
        ('Aino,"=1', "Aino,\"'=1"),
        ("Aino,+cmd|' /C calc'!A0", "Aino,'+cmd|' /C calc'!A0"),
        ("Aino,-HYPERLINK (1)", "Aino,'-HYPERLINK (1)"),
        ("Aino,@SUM(1)", "Aino,'@SUM(1)"),
        ("Aino,-1+LOG10(2)", "Aino,'-1+LOG10(2)"),
        ("=1,=1", "'=1,'=1"),
    ],
)
def test_no_formula_comes_alive_where_a_program_parts_at_commas_or_tabs(text, left):
    assert rows_of_csv(as_csv(["First"], [[text]]))[1] == [left]


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize(
    "text", [",-" + "a" * 32_000, "\t" * 32_000, ",-" * 16_000, ", " * 16_000, ",-" + "a " * 16_000]
)
def test_a_long_text_takes_no_time(text):
    begun = process_time()
    as_csv(["First"], [[text]])
    assert process_time() - begun < 0.2


def test_a_heading_is_no_formula_either():
    assert sheet([], headings=["=1+1", "b"])["A1"].data_type == "s"
    assert rows_of_csv(as_csv(["=1+1"], [])) == [["'=1+1"]]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\0b\x07c\x1bd\x85e", "abcde"), ("Aino\u202egro.elpmaxe", "Ainogro.elpmaxe"), ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800a\ufffe\uffff", "?a"), ("x" * 40_000, "x" * (MOST_LETTERS - 1) + "…"),
        ("😀" * 20_000, "😀" * ((MOST_LETTERS - 1) // 2) + "…"),
    ],
    ids=["controls", "turned around", "line ends", "no letters", "too long", "too long in pairs"],
)  # fmt: skip
def test_what_no_cell_holds_is_left_out(text, left):
    assert sheet([[text, ""]])["A2"].value == left
    assert rows_of_csv(as_csv(["First"], [[text]]))[1] == [left]


MOMENTS = [date(2026, 9, 1), datetime(2026, 9, 1, 13, 5, tzinfo=ZoneInfo("Europe/Helsinki")), time(9, 30), 14, 0.5, -3]


@pytest.mark.parametrize(
    ("language", "formats"),
    [
        ("fi", ["d.m.yyyy", "d.m.yyyy h.mm", "h.mm", "General", "General", "General"]),
        ("sv", ["d.m.yyyy", "d.m.yyyy h.mm", "h.mm", "General", "General", "General"]),
        ("en", ["[$-809]d mmmm yyyy", "[$-809]d mmmm yyyy hh:mm", "hh:mm", "General", "General", "General"]),
    ],
)
def test_days_times_and_numbers_are_typed(language, formats):
    with speaking(language):
        cells = sheet([MOMENTS], headings="abcdef")[2]
    assert [cell.number_format for cell in cells] == formats
    assert [cell.data_type for cell in cells] == ["d", "d", "d", "n", "n", "n"]
    assert [cell.value for cell in cells] == [
        datetime(2026, 9, 1), datetime(2026, 9, 1, 13, 5), time(9, 30), 14, 0.5, -3,
    ]  # fmt: skip


def test_in_csv_days_and_times_are_iso_8601_and_a_number_below_zero_is_no_formula():
    [_headings, row] = rows_of_csv(as_csv(list("abcdef"), [MOMENTS]))
    assert row == ["2026-09-01", "2026-09-01 13:05", "09:30", "14", "0.5", "-3"]


def test_yes_and_no_are_words():
    with speaking("en"):
        assert [cell.value for cell in sheet([[True, False]])[2]] == ["yes", "no"]
        assert rows_of_csv(as_csv(["a", "b"], [[True, False]]))[1] == ["yes", "no"]


def test_the_file_as_excel_wants_it():
    content = as_csv(["Nimi", "Määrä"], [["Äijälä", 2]])
    assert content == '\ufeff"Nimi";"Määrä"\r\n"Äijälä";"2"\r\n'.encode()


def test_the_sheet_is_ready_to_read():
    shown = sheet([["Aino", "a" * 200], ["Järvenpään-Lehtolainen", None]])
    assert (shown.title, shown.freeze_panes, shown.auto_filter.ref) == ("People", "A2", "A1:B3")
    assert (shown["A1"].font.bold, shown["A2"].font.bold) == (True, False)
    assert [round(shown.column_dimensions[place].width) for place in "AB"] == [24, 61]
    assert workbook(as_xlsx("People", ["a"], [])).properties.title == "People"


def test_the_same_rows_give_the_same_bytes():
    assert as_xlsx("People", ["a"], [["b"]]) == as_xlsx("People", ["a"], [["b"]])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("People", "People"), ("Lists: in/out [2026]*?", "Lists in out 2026"), ("'Quoted'", "Quoted"),
        ("History", "Koolle"), ("", "Koolle"), ("///", "Koolle"),
        ("Alueellisen yhteistyön ohjausryhmä", "Alueellisen yhteistyön ohjausry"),
    ],
)  # fmt: skip
def test_names_of_sheets(title, name):
    assert sheet_name(title) == name
    assert workbook(as_xlsx(title, ["a"], [])).sheetnames == [name]


def test_a_workbook_holds_several_tables_under_different_names():
    tables = [Table(title, [("Nimi", str)], [title]) for title in ("Vastaukset", "vastaukset", "Koodit")]
    book = workbook(as_workbook(*tables))
    assert book.sheetnames == ["Vastaukset", "vastaukset (2)", "Koodit"]
    assert [page["A2"].value for page in book] == ["Vastaukset", "vastaukset", "Koodit"]
    assert unlike_names(["A" * 31, "a" * 31]) == ["A" * 31, "a" * 27 + " (2)"]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr("app.spreadsheet.MOST_ROWS", 2)
    assert sheet([["a", ""]] * 2).max_row == 3
    with speaking("en"), pytest.raises(Refused, match="A sheet holds 2 rows"):
        as_xlsx("People", ["a"], [["b"]] * 3)


def test_columns_are_taken_from_rows_and_the_name_is_the_files():
    table = Table('Ihmiset: "Äijä"\r\n/ kaikki', [("Nimi", str.title), ("Nimi", len)], ["aino", "ilmari"])
    answer = exported(Wanted("csv", ""), table)
    assert rows_of_csv(answer.body) == [["Nimi", "Nimi"], ["Aino", "4"], ["Ilmari", "6"]]
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Ihmiset Aija kaikki.csv\"; filename*=UTF-8''Ihmiset%20%C3%84ij%C3%A4%20kaikki.csv"
    )
    assert [cell.value for cell in workbook(exported(Wanted("xlsx", ""), table).body).active[3]] == ["Ilmari", 6]


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*3 * [st.text(max_size=20) | st.integers(-9, 9) | st.dates(date(1900, 3, 1)) | st.none()])))
def test_whatever_the_rows_no_cell_is_a_formula_and_none_is_lost(rows):
    shown = sheet(rows, headings="abc")
    assert all(cell.data_type != "f" for line in shown.iter_rows() for cell in line)
    read = rows_of_csv(as_csv("abc", rows))
    assert [len(line) for line in read] == [3] * (len(rows) + 1)
    assert not any(field.lstrip().startswith(("=", "+", "@", "\t")) for line in read for field in line)
