"""Files that somebody sends to do harm, or by mistake, and the code of the refusal that each must get.

`python -m tests.imports.hostile` reads each as the server would, and prints what came of it and what it cost.
"""

from __future__ import annotations

import json
import os
import resource
from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

from openpyxl.utils import get_column_letter

from app.imports.reading import Unreadable, read_source
from tests.imports.workbooks import MAIN, NAMES, SHEET, sheet, text_cell, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GOOD = workbook(f'<row r="1">{text_cell("A1", "Nimi")}</row><row r="2">{text_cell("A2", "Aino")}</row>')
MANY = 200_000  # characters of a part that is small enough to be tried

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EXTERNAL = '<!DOCTYPE sst [<!ENTITY file SYSTEM "file:///etc/hostname">]>'


def archive(*names: str, compression: int = 8) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", compression) as file:
        for name in names:
            file.writestr(name, b" ")
    return content.getvalue()


def strings(inner: str, before: str = "") -> dict[str, str]:
    return {"xl/sharedStrings.xml": f"{before}<sst {NAMES}>{inner}</sst>"}


def amplified() -> bytes:
    """A workbook whose one long text shows in 2,000 cells: 64 million letters out of a few thousand bytes."""
    cells = "".join(f'<c r="{get_column_letter(place)}{{row}}" t="s"><v>0</v></c>' for place in range(1, 101))
    rows = "".join(f'<row r="{row}">{cells.format(row=row)}</row>' for row in range(1, 21))
    return workbook(rows, strings(f"<si><t>{'x' * 32_000}</t></si>"))


def encrypted(content: bytes) -> bytes:
    """The same archive, whose first entry says that it needs a password."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + bytes([content[at] | 1]) + content[at + 1 :]


def claiming(part: str, unpacked: int, packed: int) -> bytes:
    """An archive whose directory gives a part other sizes (APPNOTE 6.3.10, 4.3.12)."""
    content = bytearray(GOOD)
    at = content.rindex(part.encode()) - 46
    content[at + 20 : at + 28] = packed.to_bytes(4, "little") + unpacked.to_bytes(4, "little")
    return bytes(content)


def wrongly_summed(content: bytes) -> bytes:
    at = content.index(SHEET.encode()) + len(SHEET) + 3
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def corpus() -> dict[str, tuple[bytes, str]]:
    """Return the content and the expected code of each file, by its name."""
    one = "<row r='1'><c r='A1' t='s'><v>0</v></c></row>"
    return {
        # refused at the door
        "nothing.xlsx": (b"", "empty"),
        "blanks.csv": (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        "zeros.csv": (bytes(5_000), "empty"),
        "too large.csv": (b"a;b\n" * 6_250_001, "too_large"),
        "pdf.xlsx": (b"%PDF-1.7\n", "not_what_it_says"),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n", "not_what_it_says"),
        "program.csv": (b"MZ\x90\0\3", "not_what_it_says"),
        "page.csv": (b"<!DOCTYPE html><table>", "not_what_it_says"),
        "workbook.csv": (GOOD, "not_what_it_says"),
        "text.xlsx": (b"Nimi;Osoite\n", "not_what_it_says"),
        "letter.xlsx": (archive("[Content_Types].xml", "word/document.xml"), "not_what_it_says"),
        "archive.xlsx": (archive("a.txt"), "not_what_it_says"),
        "old.xlsx": (OLE, "not_what_it_says"),
        "noise.csv": (bytes(range(1, 32)) * 100, "not_what_it_says"),
        "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        "locked parts.xlsx": (encrypted(GOOD), "password"),
        "old.xls": (OLE, "other_spreadsheet"),
        "open.ods": (archive("mimetype", "content.xml"), "other_spreadsheet"),
        "binary.xlsx": (archive("[Content_Types].xml", "xl/workbook.bin"), "other_spreadsheet"),
        "letter.docx": (archive("word/document.xml"), "other_kind"),
        "list.csv": (b"Nimi;Osoite\nAino\0;a@x.example\n", "no_text"),
        "cards.vcf": (b"Nimi;Osoite\n", "no_card"),
        "cut off.xlsx": (GOOD[:-40], "damaged"),
        "packed otherwise.xlsx": (workbook(one, compression=ZIP_LZMA), "damaged"),
        "bomb.xlsx": (workbook(parts={SHEET: " " * 10_000_000}), "unpacks_too_large"),
        "large sheet.xlsx": (claiming(SHEET, 100_000_000, 20_000_000), "unpacks_too_large"),
        "large strings.xlsx": (claiming("xl/sharedStrings.xml", 40_000_001, 20_000_000), "unpacks_too_large"),
        "many.xlsx": (archive("[Content_Types].xml", *(f"xl/{n}" for n in range(2_000))), "unpacks_too_large"),
        "names.xlsx": (workbook(parts={"xl/workbook.xml": "<x/>" * 250_001}), "unpacks_too_large"),
        # refused by the reader
        "far.xlsx": (workbook(f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'), "too_many_columns"),
        "wide.xlsx": (workbook("<row>" + "<c/>" * (MANY // 4) + "</row>"), "too_many_cells_in_row"),
        "empty rows.xlsx": (workbook("<row/>" * (MANY // 6)), "no_rows"),
        "deep.xlsx": (workbook("<a>" * (MANY // 7) + "</a>" * (MANY // 7)), "no_rows"),
        "unordered.xlsx": (workbook('<row r="2"><c><v>1</v></c></row>' * 2), "damaged"),
        "not xml.xlsx": (workbook("<row"), "damaged"),
        "wrong sum.xlsx": (wrongly_summed(GOOD), "damaged"),
        "laughs.xlsx": (workbook(parts={SHEET: sheet("&l9;", above=f"<!DOCTYPE s [{LAUGHS}]>")}), "damaged"),
        "external.xlsx": (workbook(one, strings("<si><t>&file;</t></si>", EXTERNAL)), "damaged"),
        "strings.xlsx": (workbook("", strings("<si/>" * (MANY // 5))), "no_rows"),
        "long cell.xlsx": (
            workbook(f"<row>{text_cell('A1', 'x')}{text_cell('B1', 'x' * 32_768)}</row>"),
            "too_long_cell",
        ),
        "amplified.xlsx": (amplified(), "unpacks_too_large"),
        "no part.xlsx": (workbook(parts={"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}), "no_rows"),
        "out of it.xlsx": (workbook(parts={"../../xl/evil.xml": "<x/>"}), "no_rows"),
        "one line.csv": (b"x" * 24_000_000, "too_long_line"),
        "open.csv": (b'Nimi;Osoite\n"Aino;a@x.example\n' + b"Eino;e@x.example\n" * 5_000, "open_quote"),
        "quoted.csv": (b'"' + b'a\n";"' * 1_000_000, "too_long_line"),
        "wide.csv": (b";".join([b"a"] * 101) + b"\n", "too_many_cells_in_row"),
        "long.csv": (b"a;b\n" * 50_002, "too_many_rows"),
        "cell.csv": (b"a;b\nc;" + b"x" * 32_768, "too_long_cell"),
        "line.vcf": (b"BEGIN:VCARD\nNOTE:" + b" x" * 60_000 + b"\nEND:VCARD\n", "too_long_line"),
        "folded.vcf": (b"BEGIN:VCARD\nNOTE:x\n" + b" yyyyyyyyy\n" * 20_000, "too_long_line"),
    }


def outcome(name: str, content: bytes) -> str:
    try:
        return f"{sum(1 for _row in read_source(name, content).rows)} rows"
    except Unreadable as refusal:
        assert refusal.sentence()
        return refusal.problem.code


def main() -> None:
    """Print, as JSON, the code and seconds of CPU of each file, its reader's among them, and the readers' peak memory
    in bytes."""
    results = {}
    for name, (content, _expected) in corpus().items():
        begun = sum(os.times()[:4])
        code = outcome(name, content)
        results[name] = code, sum(os.times()[:4]) - begun
    print(json.dumps({"results": results, "memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
