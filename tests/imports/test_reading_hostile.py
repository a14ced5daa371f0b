"""Each file that does harm gets its refusal in time, within memory, and without reaching the server's process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest

from app.imports.reading import refused_at_once
from tests.imports.hostile import corpus
from tests.imports.workbooks import text_cell, workbook


@pytest.mark.long
def test_every_hostile_file_is_refused_within_two_seconds_of_work_and_256_megabytes():
    # a process of its own, whose only children are the readers
    told = json.loads(
        subprocess.run([sys.executable, "-m", "tests.imports.hostile"], check=True, capture_output=True).stdout
    )
    assert {name: code for name, (code, _seconds) in told["results"].items()} == {
        name: code for name, (_content, code) in corpus().items()
    }
    assert [name for name, (_code, seconds) in told["results"].items() if seconds > 2] == []
    assert told["memory"] < 256_000_000


@pytest.mark.usefixtures("uncollected")
def test_the_door_takes_no_time_for_the_largest_file():
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", f"Nimi {n * 7919}")}</row>' for n in range(1, 20_000))
    files = {"a.csv": b"Nimi;Osoite\r\n" * 1_923_000, "a.xlsx": workbook(rows)}
    begun = time.process_time()
    assert [refused_at_once(name, content) for name, content in files.items()] == [None, None]
    assert time.process_time() - begun < 0.1


@pytest.mark.parametrize("packed", [ZIP_BZIP2, ZIP_LZMA])
def test_no_part_of_a_workbook_is_packed_as_none_is(packed):
    content = BytesIO(workbook())
    with ZipFile(content, "a", packed) as held:
        held.writestr("xl/media/image1.png", b"x")
    assert refused_at_once("a.xlsx", content.getvalue()).problem.code == "damaged"


def test_a_file_without_an_ending_is_told_by_what_is_in_it():
    assert refused_at_once("list", b"Nimi;Osoite\n") is None
    assert refused_at_once("osoitteet.txt", b"BEGIN:VCARD\nEND:VCARD\n") is None
    assert refused_at_once("JÄSENET.XLSX", workbook()) is None
