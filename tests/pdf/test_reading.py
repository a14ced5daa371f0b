"""An uploaded PDF is read in a process of its own: what it is, how many pages it has, and whether they may follow."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.pdf.reader import found
from app.pdf.reading import ROOT, Found, read_upload
from tests.pdf import sheets


@pytest.mark.long
@pytest.mark.parametrize(
    "content, finding",
    [
        (sheets.sound, ["sound", 2]),
        (lambda: sheets.plain(3), ["untagged", 3]),
        (lambda: sheets.changed(sheets.sound(), sheets.without_tags), ["untagged", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.without_archive), ["not_archival", 2]),
        (lambda: sheets.ending_in_a_return(sheets.sound()), ["sound", 2]),
        (lambda: sheets.of_wrong_length(sheets.ending_in_a_return(sheets.sound())), ["not_archival", 2]),
        (sheets.encrypted, ["encrypted", None]),
        (lambda: sheets.encrypted(user=""), ["encrypted", 2]),
        (lambda: sheets.sound()[:3000], ["broken", None]),
        (lambda: b"%PDF-1.7 rikki", ["broken", None]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_script), ["not_archival", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_launch), ["not_archival", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_form), ["unfit", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_address("https://silta.example")), ["sound", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_address("luku/2")), ["sound", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_address("Java\tScript:app.alert(1)")), ["unfit", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_address(" file:///etc/passwd")), ["unfit", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_address("\\\\kone\\jako")), ["unfit", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.with_plain_headings), ["unfit", 2]),
        (lambda: sheets.changed(sheets.sound(), sheets.in_a_circle), ["broken", 2]),
        (lambda: sheets.plain(501), ["too_much", 501]),
        (sheets.image, ["sound", None]),
        (lambda: sheets.image(kind="JPEG"), ["sound", None]),
        (lambda: sheets.image()[:120], ["broken", None]),
        (lambda: sheets.png_of(30_000, 30_000), ["broken", None]),
    ],
)
def test_what_an_upload_is(content, finding):
    assert found(content()) == finding


@pytest.mark.long
def test_one_that_unpacks_to_gigabytes_ends_in_its_own_process():
    assert read_upload(sheets.unpacking_large()).finding in ("untagged", "broken", "too_much")


@pytest.mark.long
@pytest.mark.parametrize(
    "content, read",
    [
        (sheets.sound, Found("sound", 2)),
        (lambda: sheets.encrypted(user=""), Found("encrypted", 2)),
        (lambda: sheets.image(kind="JPEG"), Found("sound", None)),
    ],
)
def test_the_process_has_all_that_it_needs_before_it_is_closed(content, read):
    assert read_upload(content()) == read


TRY = """
import socket
import app.pdf.reader as reader
reader.load()
reader.limit()
for act in (socket.socket, lambda: open("/etc/hostname")):
    try:
        act()
    except OSError:
        continue
    raise SystemExit(1)
"""


@pytest.mark.long
def test_the_process_can_open_neither_file_nor_network():
    assert subprocess.run([sys.executable, "-c", TRY], cwd=ROOT, check=False).returncode == 0
