"""openpyxl CVE-2017-5992: a workbook named files of the server as entities of its XML; and one of a kilobyte with a
single cell in its last row kept the reader busy for minutes.

Here a workbook is read in a child with limits, without entities, as a stream of the rows that it has.
"""

from __future__ import annotations

import resource

import pytest

from app.imports.reading import Unreadable, read_source
from tests.imports.workbooks import MAIN, SHEET, sheet, text_cell, workbook

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def strings(entities: str, used: str) -> bytes:
    shared = f'<!DOCTYPE sst [{entities}]><sst xmlns="{MAIN}"><si><t>Nimi{used}</t></si></sst>'
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + f'<row r="2">{text_cell("A2", "Otso")}</row>'
    return workbook(row, {"xl/sharedStrings.xml": shared})


def spent(name: str, content: bytes) -> tuple[list, float]:
    """What comes of a file, and the seconds of a processor that its child took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        read = read_source(name, content)
        told = [read.headings, *([one.cells for one in read.rows])]
    except Unreadable as error:
        told = [type(error).__name__]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told, after.ru_utime - before.ru_utime


@pytest.mark.parametrize("entity", ["file:///etc/hostname", "{file}", "http://127.0.0.1:9/"])
def test_no_file_and_no_address_is_an_entity(tmp_path, entity):
    secret = tmp_path / "secret"
    secret.write_text("SALAISUUS")
    content = strings(f'<!ENTITY file SYSTEM "{entity.format(file=secret.as_uri())}">', "&file;")
    told, _seconds = spent("lista.xlsx", content)
    assert told == ["Unreadable"] and "SALAISUUS" not in str(told)


def test_entities_of_entities_are_none():
    told, seconds = spent("lista.xlsx", strings('<!ENTITY l0 "ha">' + LAUGHS, "&l9;"))
    assert (told, seconds < 5) == (["Unreadable"], True)


def test_a_cell_in_the_last_row_costs_nothing():
    far = sheet(f'<row r="1">{text_cell("A1", "Nimi")}</row><row r="1048576">{text_cell("XFD1048576", "Otso")}</row>')
    content = workbook(parts={SHEET: far})
    assert len(content) < 4_000
    told, seconds = spent("lista.xlsx", content)
    assert seconds < 2 and len(told) <= 2
