"""What the first bytes and the table of contents of an upload tell."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile
from zlib import crc32

import pytest

from app.files.measuring import MOST_BYTES, media_type_of, wrong_with
from tests.pdf import sheets

WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
OPEN_TEXT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}


def archive(parts: dict[str, bytes], packed: int = ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", packed) as held:
        for name, content in parts.items():
            held.writestr(name, content, ZIP_STORED if name == "mimetype" else packed)
    return written.getvalue()


def many(parts: int) -> dict[str, bytes]:
    return {f"word/{number}.xml": b"" for number in range(parts)}


def saying(size: int, content: bytes) -> bytes:
    """An archive whose table of contents says so of each part's size (APPNOTE 4.3.12)."""
    first, *entries = content.split(b"PK\x01\x02")
    return first + b"".join(b"PK\x01\x02" + one[:20] + size.to_bytes(4, "little") + one[24:] for one in entries)


def more_than_it_says(packed: int) -> bytes:
    """An OpenDocument text whose `mimetype` says that it is 39 bytes long, with their sum, and unpacks to 20 MB."""
    told = OPEN_TEXT["mimetype"]
    written = BytesIO()
    with ZipFile(written, "w", packed) as held:
        held.writestr("mimetype", told + bytes(20_000_000))
    first, entry = saying(len(told), written.getvalue()).split(b"PK\x01\x02")
    return first + b"PK\x01\x02" + entry[:12] + crc32(told).to_bytes(4, "little") + entry[16:]


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose frame says it is so large, behind one that says it is small."""
    frames = [b"\xff\xc0\x00\x11\x08" + h.to_bytes(2) + w.to_bytes(2) + bytes(10) for h, w in ((8, 8), (height, width))]
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"".join(frames) + b"\xff\xda\x00\x02"


@pytest.mark.parametrize(
    "name, content, wrong",
    [
        ("a.pdf", lambda: b"%PDF-1.7", None),
        ("a.PDF", lambda: b"%PDF-1.7", None),
        ("a.pdf", lambda: b"MZ", "not_what_it_says"),
        ("a.pdf", lambda: b"<html>%PDF-1.7", "not_what_it_says"),
        ("a.exe", lambda: b"MZ", "other_kind"),
        ("a.html", lambda: b"<html>", "other_kind"),
        ("a.svg", lambda: b"<svg/>", "other_kind"),
        ("a", lambda: b"%PDF-1.7", "other_kind"),
        ("a.pdf.exe", lambda: b"%PDF-1.7", "other_kind"),
        ("a.pdf", lambda: b"%PDF-" + bytes(MOST_BYTES), "too_large"),
        ("a.png", lambda: sheets.image(), None),
        ("a.png", lambda: sheets.image(kind="JPEG"), "not_what_it_says"),
        ("a.jpg", lambda: sheets.image(kind="JPEG"), None),
        ("a.jpeg", lambda: sheets.image(kind="JPEG", progressive=True), None),
        ("a.png", lambda: sheets.png_of(10_000, 5_000), None),
        ("a.png", lambda: sheets.png_of(10_000, 5_001), "too_many_points"),
        ("a.png", lambda: sheets.png_of(0, 5), "damaged"),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\nIHDR", "damaged"),
        ("a.jpg", lambda: jpeg_of(10_000, 5_001), "too_many_points"),
        ("a.jpg", lambda: b"\xff\xd8\xff" + b"\xff" * 1000, "damaged"),
        ("a.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x00", "damaged"),
        ("a.docx", lambda: archive(WORD), None),
        ("a.xlsx", lambda: archive(WORD), "not_what_it_says"),
        ("a.docx", lambda: archive({"word/document.xml": b"<w/>"}), "not_what_it_says"),
        ("a.docx", lambda: archive({"readme.txt": b"x"}), "not_what_it_says"),
        ("a.odt", lambda: archive(OPEN_TEXT), None),
        ("a.ods", lambda: archive(OPEN_TEXT), "not_what_it_says"),
        ("a.odt", lambda: archive({"mimetype": b"x" * 201}), "not_what_it_says"),
        ("a.odt", lambda: archive({"content.xml": b"<x/>"}), "not_what_it_says"),
        ("a.docx", lambda: archive(WORD, ZIP_BZIP2), "damaged"),
        ("a.docx", lambda: archive(WORD, ZIP_LZMA), "damaged"),
        ("a.docx", lambda: archive(WORD)[:-30], "damaged"),
        ("a.docx", lambda: b"PK\x03\x04" + b"x" * 50, "damaged"),
        ("a.docx", lambda: archive(WORD | {"word/x.xml": bytes(5_000_000)}), "unpacks_too_large"),
        ("a.docx", lambda: archive(WORD | many(2_000), ZIP_STORED), "unpacks_too_large"),
        ("a.docx", lambda: saying(1_900_000, archive(WORD | many(160))), "unpacks_too_large"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_upload(name, content, wrong):
    assert wrong_with(name, content()) == wrong


@pytest.mark.parametrize(
    "packed, wrong", [(ZIP_BZIP2, "damaged"), (ZIP_LZMA, "damaged"), (ZIP_DEFLATED, "not_what_it_says")]
)
def test_an_archive_that_says_less_than_it_holds_is_not_unpacked(packed, wrong):
    content = more_than_it_says(packed)
    tracemalloc.start()
    assert wrong_with("a.odt", content) == wrong
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 200_000


@pytest.mark.parametrize(
    "name, kind", [("a.pdf", "application/pdf"), ("A.JPG", "image/jpeg"), ("a.exe", None), ("pdf", None)]
)
def test_its_kind_is_that_of_its_name(name, kind):
    assert media_type_of(name) == kind
