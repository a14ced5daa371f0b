"""`make fuzz-imports`: damaged files by the thousand, and each reader's own property tests with as many examples.

The readers run here in this process: whatever they raise beyond Unreadable is shown, and stops the run.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from app.imports.reading import refused_at_once
from app.imports.reading.child import messages
from tests.imports import test_reading_cards, test_reading_delimited
from tests.imports.workbooks import PARTS, SHEET, sheet, text_cell, workbook

SECONDS = 2  # of a processor, for any of them


def seeds() -> dict[str, list[bytes]]:
    """Good files of each kind, which are then damaged."""
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        made.add_worksheet("Jäsenet").write_row(0, 0, ["Nimi", 1, True, "=1+1", "aino@x.example"])
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:J=E4rvi;Ai=\r\nno\r\n"
    card += "item1.EMAIL;PREF;INTERNET:a@x.example\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n"
    text = 'Nimi;Osoite\r\n"Järvi, Aino";a@x.example\r\n"rivi\nkaksi ""x""";b\r\n'
    return {
        "xlsx": [
            book.getvalue(),
            workbook(f'<row r="1">{text_cell("A1", "Nimi")}<c r="B1" s="0"><v>1.5</v></c></row>'),
        ],
        "csv": [text.encode(encoding) for encoding in ("utf-8-sig", "utf-16", "cp1252")],
        "vcard": [card.encode("cp1252") * 2],
    }


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Change, drop, double or insert some pieces."""
    raw = bytearray(content)
    for _time in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(raw) + 1), chance.randint(1, 12)
        piece = chance.choice(
            [b"", bytes(raw[at : at + length]) * 2, chance.randbytes(length), b'"', b";", b"<", b"&x;", b"\r"]
        )
        raw[at : at + chance.choice([0, length])] = piece
    return bytes(raw)


def repacked(chance: random.Random) -> bytes:
    """A sound archive whose parts are damaged, so that the damage gets past the zip's sums."""
    cells = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1' t='d'><f>A1</f><v>7</v></c></row>"
    parts = {**PARTS, SHEET: sheet(cells, below='<mergeCells><mergeCell ref="A1:A9"/></mergeCells>')}
    hurt = chance.choice(list(parts))
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, damaged(part.encode(), chance) if name == hurt else part)
    return content.getvalue()


def read(kind: str, content: bytes) -> str:
    """Return what the reader says in the end: rows, or the code of a refusal."""
    name = {"xlsx": "a.xlsx", "csv": "a.csv", "vcard": "a.vcf"}[kind]
    refusal = refused_at_once(name, content)
    if refusal:
        return refusal.problem.code
    last = list(messages(kind, content))[-1]
    return last["unreadable"][0] if "unreadable" in last else "read"


def main(examples: int) -> None:
    chance = random.Random(examples)
    for kind, good in seeds().items():
        assert all(read(kind, content) == "read" for content in good), kind
        came, slowest = Counter(), 0.0
        for number in range(examples):
            content = repacked(chance) if kind == "xlsx" and number % 2 else damaged(chance.choice(good), chance)
            begun = time.process_time()
            try:
                came[read(kind, content)] += 1
            except Exception:
                print(f"{kind}: {content!r}", file=sys.stderr)
                raise
            slowest = max(slowest, time.process_time() - begun)
        assert slowest < SECONDS, (kind, slowest)
        print(kind, dict(came), f"slowest {slowest:.3f} s", flush=True)
    for property_test in (
        test_reading_delimited.test_any_table_in_any_dialect_comes_back,
        test_reading_delimited.test_any_bytes_give_rows_or_a_refusal,
        test_reading_cards.test_names_come_back_whatever_their_letters,
        test_reading_cards.test_any_bytes_give_cards_or_a_refusal,
    ):
        begun = time.monotonic()
        property_test()
        print(property_test.__name__, f"{time.monotonic() - begun:.0f} s", flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]))
