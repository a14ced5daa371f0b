"""A source is read in a process of its own, row by row as they are asked for."""

from __future__ import annotations

import pytest

from app.imports.reading import Problem, Row, Unreadable, read_source
from tests.imports.workbooks import text_cell, workbook


def test_a_list_arrives_with_its_headings_and_full_rows():
    read = read_source(
        "jäsenet.csv", "Jäsenet\n\nNimi;Osoite\nAino;a@x.example\nEino\nIlmi;i@x.example;muuta\n".encode()
    )
    assert (read.kind, read.headings, read.number, read.sheet, read.other_sheets) == (
        "csv",
        ["Nimi", "Osoite"],
        3,
        None,
        [],
    )
    assert list(read.rows) == [
        Row(4, ["Aino", "a@x.example"], []),
        Row(5, ["Eino", ""], []),
        Row(6, ["Ilmi", "i@x.example", "muuta"], [Problem("more_cells", {"found": 3, "expected": 2})]),
    ]


def test_a_workbook_says_which_sheet_it_was():
    headings = f'<row r="1">{text_cell("A1", "Nimi")}{text_cell("B1", "_x0000_")}</row>'
    cells = f'<row r="3">{text_cell("A3", "A_x0000_B_xD800_")}{text_cell("C3", "x")}</row>'
    read = read_source("jäsenet.xlsx", workbook(headings + cells))
    assert (read.kind, read.headings, read.number, read.sheet) == ("xlsx", ["Nimi", "\ufffd", ""], 1, "Jäsenet")
    assert list(read.rows) == [Row(3, ["A\ufffdB\ufffd", "", "x"], [])]


def test_cards_arrive_under_the_fields_that_we_know():
    read = read_source("kortit.vcf", b"BEGIN:VCARD\r\nFN:Aino\r\nEND:VCARD\r\n")
    assert (read.kind, read.number) == ("vcard", 0)
    assert [dict(zip(read.headings, row.cells, strict=True))["name"] for row in read.rows] == ["Aino"]


def test_a_refusal_may_come_after_many_good_rows():
    read = read_source("a.csv", b"Nimi;Osoite\n" + b"Aino;a@x.example\n" * 500 + b'"Eino;e@x.example\n')
    seen = []
    with pytest.raises(Unreadable) as refusal:
        seen.extend(read.rows)
    assert (len(seen), refusal.value.problem) == (400, Problem("open_quote", {"line": 502}))


def test_a_reader_that_is_left_ends():
    read = read_source("a.csv", b"Nimi;Osoite\n" + b"Aino;a@x.example\n" * 40_000)
    assert next(read.rows).number == 2
    read.rows.close()
    assert list(read.rows) == []
