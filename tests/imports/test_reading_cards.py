"""Address cards of every version and program become rows of the same fields."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.imports.reading import CARD_FIELDS, Problem, Row, Unreadable
from app.imports.reading.cards import read_cards

EXAMPLES = int(os.environ.get("KOOLLE_EXAMPLES", 50))


def cards(*lines: str, encoding: str = "utf-8") -> list[Row]:
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])
    return list(read_cards(text.encode(encoding)))


def fields(*lines: str, encoding: str = "utf-8") -> dict[str, str]:
    """What one card fills in."""
    (row,) = cards(*lines, encoding=encoding)
    assert row.problems == []
    return {field: cell for field, cell in zip(CARD_FIELDS, row.cells, strict=True) if cell}


def test_a_card_of_version_3():
    assert fields(
        "VERSION:3.0",
        "N:Järvi;Aino;Maria;;",
        "FN:Aino Järvi",
        "item1.EMAIL;type=INTERNET:toinen@vm.example",
        "item1.X-ABLabel:_$!<Other>!$_",
        "EMAIL;type=INTERNET;type=WORK;type=pref:aino.jarvi@vm.example",
        r"ORG:Valtiovarainministeriö\, hallinto\; muut;Digiyksikkö;Tiimi",
        "TITLE:erityis",
        " asian",
        "\ttuntija",
        r"NOTE:rivi\nToinen \\ rivi",
        "TEL;TYPE=CELL:+358 40 123 4567",
    ) == {
        "given_name": "Aino",
        "family_name": "Järvi",
        "email": "aino.jarvi@vm.example",
        "organisation": "Valtiovarainministeriö, hallinto; muut",
        "unit": "Digiyksikkö",
        "title": "erityisasiantuntija",
        "note": "rivi\nToinen \\ rivi",
    }


def test_a_card_of_version_4():
    assert fields(
        "VERSION:4.0",
        "KIND:individual",
        "FN:Åke Öst",
        "EMAIL;PREF=2:b@x.example",
        'EMAIL;PREF=1;TYPE="work,home":mailto:a@x.example',
        "ORG:Utbildningsstyrelsen",
        "ROLE:chef",
        "LANG;PREF=2:fi",
        "LANG;PREF=1:sv",
        encoding="utf-8-sig",
    ) == {
        "name": "Åke Öst",
        "email": "a@x.example",
        "organisation": "Utbildningsstyrelsen",
        "title": "chef",
        "language": "sv",
    }  # fmt: skip


def test_a_card_as_outlook_writes_it():
    assert fields(
        "VERSION:2.1",
        "X-MS-SIGNATURE:YES",
        "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Katu 1=0D=0A=",
        "N:ei nimi",
        "N;LANGUAGE=fi;CHARSET=Windows-1252:Järvi;Aino",
        "FN;CHARSET=Windows-1252:Aino Järvi",
        "ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Valtiovarainministeri=C3=B6;=",
        "Yksikk=C3=B6",
        "TITLE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:p=E4=E4llikk=F6",
        "TEL;WORK;VOICE:+358 40 123",
        "EMAIL;PREF;INTERNET:aino.jarvi@vm.example",
        'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.example/x" ver="1.0"/>',
        "X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:",
        " /9j/4AAQSkZJRgABAQEAYABgAAD",
        "AAAB==",
        "",
        "REV:20260901T090000Z",
        encoding="cp1252",
    ) == {
        "given_name": "Aino",
        "family_name": "Järvi",
        "email": "aino.jarvi@vm.example",
        "organisation": "Valtiovarainministeriö",
        "unit": "Yksikkö",
        "title": "päällikkö",
    }


@pytest.mark.parametrize(
    ("given", "additional", "whole", "read"),
    [
        ("Aino", "Maria", "Aino Maria Järvi", "Aino Maria"),
        ("Aino", "Maria", "Aino Järvi", "Aino"),
        ("Aino", "", "", "Aino"),
    ],
)
def test_a_middle_name_counts_where_the_whole_name_has_it(given, additional, whole, read):
    assert fields(f"N:Järvi;{given};{additional};;", f"FN:{whole}")["given_name"] == read


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (["KIND:group", "FN:Johtoryhmä"], [Problem("not_a_person", {"kind": "group"})]),
        (["X-ADDRESSBOOKSERVER-KIND:group", "N:Ryhmä"], [Problem("not_a_person", {"kind": "group"})]),
        (["X-ABShowAs:COMPANY", "ORG:Virasto", "FN:Virasto"], [Problem("not_a_person", {"kind": "org"})]),
        (["ORG:Virasto"], [Problem("nobody")]),
        (["N;CHARSET=klingon:x"], [Problem("card_letters", {"line": 2, "charset": "klingon"})]),
        (["N;CHARSET=zlib:x"], [Problem("card_letters", {"line": 2, "charset": "zlib"})]),
        (["N;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=E4"], [Problem("card_letters", {"line": 2, "charset": "utf-8"})]),
        (["FN:Aino", "aivan rikki"], [Problem("card_line", {"line": 3})]),
        (["FN:Aino", "ADR", "X-MUU;:x", "FN:"], [Problem("card_line", {"line": 3})]),
    ],
)
def test_a_card_that_is_no_person_or_broken_says_why(lines, problems):
    assert [row.problems for row in cards(*lines)] == [problems]


def test_a_broken_card_keeps_what_it_says_and_spoils_no_other():
    begin, end = "BEGIN:VCARD", "END:VCARD"
    lines = [begin, "N;CHARSET=x:Rikki", end, "välissä", begin, "FN:Aino", begin, "FN:Eino", end, begin, "FN:Ilmi"]
    read = read_cards("\n".join(lines).encode())
    assert [(row.number, row.cells[2], row.cells[-1], [it.code for it in row.problems]) for row in read] == [
        (1, "", "N;CHARSET=x:Rikki", ["card_letters"]),
        (2, "Aino", "", ["card_unended"]),
        (3, "Eino", "", []),
        (4, "Ilmi", "", ["card_unended"]),
    ]


def test_line_ends_and_encodings_of_other_machines():
    text = "BEGIN:VCARD\nFN:Åke\nEND:VCARD\n"
    for content in (text.encode("utf-16"), text.encode("mac_roman").replace(b"\n", b"\r"), text.encode("cp1252")):
        assert [row.cells[2] for row in read_cards(content)] == ["Åke"]


def test_a_file_without_cards_is_refused():
    with pytest.raises(Unreadable) as refusal:
        list(read_cards(b"END:VCARD\n"))
    assert refusal.value.problem.code == "no_card"


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), min_size=1, max_size=30).map(
    str.strip
)


@given(st.lists(st.tuples(NAMES, NAMES).filter(all), min_size=1, max_size=4))
@settings(max_examples=EXAMPLES, deadline=None)
def test_names_come_back_whatever_their_letters(people):
    def escaped(name):
        return name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")

    def folded(line):
        raw = line.encode()
        return b"\r\n ".join(raw[at : at + 60] for at in range(0, len(raw), 60))

    lines = (f"BEGIN:VCARD\r\nN:{escaped(family)};{escaped(given)};;;\r\nEND:VCARD" for given, family in people)
    content = b"\r\n".join(folded(line) for text in lines for line in text.split("\r\n"))
    assert [tuple(row.cells[:2]) for row in read_cards(content)] == people


LINES = st.sampled_from(
    [
        "BEGIN:VCARD",
        "END:VCARD",
        "N:a;b",
        "FN;ENCODING=QUOTED-PRINTABLE:a=",
        " x",
        "EMAIL;PREF=:",
        "item.ORG",
        "N;;:",
        'N;"',
    ]
)


@given(
    st.binary(max_size=200).map(lambda raw: b"BEGIN:VCARD\n" + raw)
    | st.lists(LINES).map(lambda lines: "\n".join(lines).encode())
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_give_cards_or_a_refusal(content):
    try:
        assert all(len(row.cells) == len(CARD_FIELDS) for row in read_cards(content))
    except Unreadable as refusal:
        assert refusal.sentence()
