"""Delimited text is read whatever wrote it: its separator, its encoding, its line ends, its quotation marks."""

from __future__ import annotations

import csv
import os
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.imports.reading import Problem, Unreadable
from app.imports.reading.delimited import read_delimited
from app.imports.reading.encoding import encoding_of
from app.imports.reading.mojibake import mended

EXAMPLES = int(os.environ.get("KOOLLE_EXAMPLES", 50))

# enough rows that what is unlikely stays so
TABLE = [
    ["Sukunimi", "Etunimi", "Sähköposti", "Organisaatio"],
    ["Järvi", "Aino", "aino.jarvi@vm.example", "Valtiovarainministeriö"],
    ["Öhman", "Åke", "ake.ohman@om.example", "Oikeusministeriö, hallinto"],
    ["HÄMÄLÄINEN", "Eino-Pekka", "eino@x.example;e.p@x.example", "Äänekosken kaupunki"],
]

TWO = [["Virtanen, Matti", "m@x.example"], ["Järvi, Aino", "a@x.example"]]
STREETS = [["Nimi", "Osoite"], ["Aino", "Katu 1, Turku"], ["Eino", "Tie 2, Kemi"]]


def rows(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_delimited(content)]


def written(table: list[list[str]], **dialect) -> str:
    text = StringIO(newline="")
    csv.writer(text, **dialect).writerows(table)
    return text.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "mac_roman", "cp850", "cp437"],
)
def test_what_programs_write_is_read_back(delimiter, encoding):
    assert rows(written(TABLE, delimiter=delimiter).encode(encoding)) == TABLE


@pytest.mark.parametrize("order", ["little", "big"])
def test_excels_unicode_text_is_read(order):
    mark, encoding = {"little": (b"\xff\xfe", "utf-16-le"), "big": (b"\xfe\xff", "utf-16-be")}[order]
    assert rows(mark + written(TABLE, delimiter="\t").encode(encoding)) == TABLE


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("sep=|\nA;B|C\nD|E\n", [["A;B", "C"], ["D", "E"]]),
        ("SEP=;\r\nA;B\r\n", [["A", "B"]]),
        ("Nimi\nVirtanen, Matti\nJärvi, Aino\n", [["Nimi"], ["Virtanen, Matti"], ["Järvi, Aino"]]),
        ("Virtanen, Matti;m@x.example\nJärvi, Aino;a@x.example", TWO),
        ('"Virtanen, Matti",m@x.example\n"Järvi, Aino",a@x.example', TWO),
        ("Virtanen,Matti;m@x\nJärvi,Aino;a@x", [["Virtanen,Matti", "m@x"], ["Järvi,Aino", "a@x"]]),
        ("Matti,VM,a@x;b@x\nAino,OM,c@x;d@x", [["Matti", "VM", "a@x;b@x"], ["Aino", "OM", "c@x;d@x"]]),
        ("Nimi,Osoitteet\nAino,a@x;b@x\n", [["Nimi", "Osoitteet"], ["Aino", "a@x;b@x"]]),
        ("Nimi;Osoite\nAino;Katu 1, Turku\nEino;Tie 2, Kemi", STREETS),
        ("Jäsenet 1.9.\n\nNimi;Osoite\nAino;a@x\n", [["Jäsenet 1.9."], ["Nimi", "Osoite"], ["Aino", "a@x"]]),
        ('"a", "b, c"\n"d", "e"\n', [["a", "b, c"], ["d", "e"]]),
        ("a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
        ('a;b\n"1\n2;""3""";4\n', [["a", "b"], ['1\n2;"3"', "4"]]),
        ("a;b\n\n; ;\n1\n1;2;3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ('Matti "Masa" Virtanen;x\n', [['Matti "Masa" Virtanen', "x"]]),
        ("aino@x.example\neino@x.example", [["aino@x.example"], ["eino@x.example"]]),
    ],
)  # fmt: skip
def test_layouts(text, read):
    assert rows(text.encode()) == read


def test_rows_are_numbered_by_the_line_on_which_they_begin():
    assert [row.number for row in read_delimited(b'sep=;\na;b\n\n"1\n2";3\n4;5\n')] == [2, 4, 6]


def test_a_mark_inside_a_quoted_cell_refuses_that_row_alone():
    assert list(read_delimited(b'a;b\n"Matti "Masa" Virtanen";x\nAino;y\n')) == [
        (1, ["a", "b"], []),
        (2, ['"Matti "Masa" Virtanen";x'], [Problem("quote_inside", {"line": 2})]),
        (3, ["Aino", "y"], []),
    ]


def test_a_quotation_mark_left_open_is_named_by_its_line():
    with pytest.raises(Unreadable) as refusal:
        rows(b'Nimi;Osoite\nAino;a\n"Eino;e\nIlmi;i\n')
    assert refusal.value.sentence().startswith("The quotation mark that opens on line 3 never closes.")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Šimanovskij;Miloš", "cp1252"),
        ("José Muñoz;Škoda – “x”", "cp1252"),
        ("Aino Järvi;5 €", "iso-8859-15"),
        ("ÅSA ÖSTERLUND;ÄLVSBYN", "mac_roman"),
        ("äiti;öylätti", "cp850"),
        ("René Lindén;Åbo", "cp437"),
        ("René;José", "mac_roman"),
        ("Янсон;Aino", "utf-8"),
    ],
)
def test_an_encoding_is_told_by_few_letters(text, encoding):
    found, errors = encoding_of(text.encode(encoding))
    assert text.encode(encoding).decode(found, errors) == text


def test_a_line_of_another_encoding_among_utf8_is_read():
    text = "Järvi;Åke Öst;Hämäläinen\n".encode() * 5 + "Mäki\n".encode("cp1252")
    assert rows(text)[-2:] == [["Järvi", "Åke Öst", "Hämäläinen"], ["Mäki"]]


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("JÃ¤rvi", "Järvi"),
        ("Ã…ke Ã–st", "Åke Öst"),
        ("Ã\x85ke", "Åke"),
        ("JÃƒÂ¤rvi", "Järvi"),
        ("VM â€“ OM", "VM – OM"),
        ("Järvi", None),
        ("JÃ¤rvi ja Mäki", None),
        ("SÃO PAULO", None),
        ("Aino", None),
    ],
)
def test_letters_decoded_twice_are_mended_where_nothing_else_can_be_meant(broken, right):
    assert mended(broken) == right


ANYTHING = st.text(st.sampled_from("abcÅÄÖåäö éüЯ-'.@1\"\n;,|\t"), max_size=12).map(str.strip)
# an encoding of one byte is told by what is likely in the north
LIKELY = [
    "Järvi",
    "HÄMÄLÄINEN",
    "Åsa",
    "Öhman",
    "ÖSTERLUND",
    "äiti",
    "René",
    "O'Hara",
    "1",
    "-",
    '"',
    "\n",
    ";",
    ",",
    "|",
    "\t",
]
WORDS = st.lists(st.sampled_from(LIKELY), max_size=5).map(" ".join).map(str.strip)


@st.composite
def files(draw) -> tuple[list[list[str]], str]:
    """Lists as people have them, with headings, and in each row an address of its own; and an encoding."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"]))
    width = draw(st.integers(2, 5))
    cells = st.lists(ANYTHING if encoding.startswith("utf") else WORDS, min_size=width - 1, max_size=width - 1)
    headings = ["Nimi", "Sähköposti", *(f"Ötökkä {n}" for n in range(width - 2))]
    rows = draw(st.lists(cells, min_size=1, max_size=12))
    return [headings, *([row[0], f"henkilö{n}@x.example", *row[1:]] for n, row in enumerate(rows))], encoding


@given(
    files(),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_table_in_any_dialect_comes_back(file, delimiter, end, quoting):
    table, encoding = file
    if end == "\r":  # the writer leaves other line ends than its own unquoted
        quoting = csv.QUOTE_ALL
    text = written(table, delimiter=delimiter, lineterminator=end, quoting=quoting)
    assert rows(text.encode(encoding)) == table


@given(st.binary(max_size=300) | st.text(st.sampled_from('a;",|\t\r\nä\x00='), max_size=300).map(str.encode))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_give_rows_or_a_refusal(content):
    try:
        assert all(any(row.cells) for row in read_delimited(content))
    except Unreadable as refusal:
        assert refusal.sentence()
