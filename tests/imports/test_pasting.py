"""Pasted text that is more than any address field: bounded like a file, and read apart where it is long."""

from __future__ import annotations

import pytest

from app.imports import pasting, uploading
from app.imports.pasting import read_pasted
from app.imports.reading import Unreadable, read_long_text


def test_a_heading_with_thousands_of_tabs_makes_no_wide_rows():
    read = read_pasted("sähköposti" + "\t" * 20_000 + "\n" + "aino@rm.example\n" * 3)
    assert (len(read.headings), [row.cells[2] for row in read.rows if row.cells[2]]) == (5, ["aino@rm.example"] * 3)


def test_more_people_than_an_import_can_have_are_refused(monkeypatch):
    monkeypatch.setattr(pasting, "MOST_ROWS", 2)
    with pytest.raises(Unreadable) as refusal:
        list(read_pasted("a@rm.example; b@rm.example; c@rm.example").rows)
    assert refusal.value.problem.code == "too_many_rows"


@pytest.mark.parametrize(
    "text",
    ["Aino Virtanen <aino@rm.example>; tuntematon", "Nimi\tSähköposti\nAino Virtanen\taino@rm.example\nEino Salo\t\n"],
)
def test_a_long_text_reads_as_a_short_one(text):
    short, long = read_pasted(text, ["Ratkaisuministeriö"]), read_long_text(text, ["Ratkaisuministeriö"])
    assert (long.kind, long.headings, long.number, list(long.rows)) == (
        short.kind, short.headings, short.number, list(short.rows),
    )  # fmt: skip


def test_what_is_long_is_read_in_a_process_of_its_own(monkeypatch):
    apart = []
    monkeypatch.setattr(uploading, "read_long_text", lambda text, _organisations: apart.append(len(text)))
    for length in (uploading.AT_ONCE_PASTED, uploading.AT_ONCE_PASTED + 1):
        uploading.open_source("pasted", None, b"x" * length, [])
    assert apart == [uploading.AT_ONCE_PASTED + 1]
