"""A source is read in a process of its own, row by row as they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.imports.reading import Problem, Row, Unreadable, child, read_source
from app.language import speaking
from tests.imports.workbooks import text_cell, workbook


def test_a_list_arrives_with_its_headings_and_full_rows():
    read = read_source(
        "jäsenet.csv", "Jäsenet\n\nNimi;Osoite\nAino;a@x.example;; \nEino\nIlmi;i@x.example;muuta\n".encode()
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


def test_letters_that_were_decoded_twice_arrive_as_they_were_meant():
    read = read_source("a.csv", "Nimi;SÃ¤hkÃ¶posti\nAino JÃ¤rvi;a@x.example\nÅsa Öst;o@x.example\n".encode())
    assert (read.headings, [row.cells[0] for row in read.rows]) == (["Nimi", "Sähköposti"], ["Aino Järvi", "Åsa Öst"])


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


def test_a_file_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(child, "MOST_CELLS", 5)
    with pytest.raises(Unreadable) as refusal:
        list(child.bounded(iter([Row(1, ["a"] * 3, []), Row(2, ["b"] * 3, [])])))
    assert refusal.value.problem == Problem("too_many_cells", {"most": 5})


def test_numbers_in_a_refusal_are_written_as_in_the_language():
    with speaking("fi"):
        assert "50\xa0000" in Unreadable("too_many_rows", most=50_000).sentence()
    assert "50,000" in Unreadable("too_many_rows", most=50_000).sentence()


@pytest.mark.parametrize("act", ["bytearray(256_000_000)", "open('written', 'wb', 0).write(b'x')"])
def test_the_process_can_neither_grow_nor_write(act, tmp_path):
    script = f"from app.imports.reading.child import limit; import os; limit(); os.chdir({str(tmp_path)!r}); {act}"
    assert subprocess.run([sys.executable, "-c", script], stderr=subprocess.DEVNULL).returncode != 0
