"""pretalx 2026.2: the limit on sign-ins was passed by a header, and files of any kind could be uploaded.

Here only ten kinds of file are taken, each by its name and its first bytes and, for archives, by what is in them.
Who asks is not told by a header (test_cve_2023_44463.py).
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from app.files.measuring import KINDS, MOST_BYTES, MOST_ENTRIES, wrong_with


def archive(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return content.getvalue()


DOCX = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text"})
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (5).to_bytes(4) + (5).to_bytes(4) + b"\x08\2\0\0\0"
CASES = [
    ("a.pdf", b"%PDF-1.7", None),
    ("a.docx", DOCX, None),
    ("a.odt", ODT, None),
    ("a.png", PNG, None),
    ("a.exe", b"MZ", "other_kind"),
    ("a.html", b"<p>", "other_kind"),
    ("a.docm", DOCX, "other_kind"),
    ("a.zip", DOCX, "other_kind"),
    ("a.pdf.exe", b"%PDF-1.7", "other_kind"),
    ("a", b"%PDF-1.7", "other_kind"),
    ("a.pdf", b"MZ", "not_what_it_says"),
    ("a.pdf", PNG, "not_what_it_says"),
    ("a.png", b"GIF89a", "not_what_it_says"),
    ("a.xlsx", DOCX, "not_what_it_says"),
    ("a.docx", ODT, "not_what_it_says"),
    ("a.docx", archive({"x": b""}), "not_what_it_says"),
    ("a.ods", ODT, "not_what_it_says"),
    ("a.docx", DOCX[:-9], "damaged"),
    ("a.png", PNG[:14], "damaged"),
    ("a.pdf", b"%PDF-" + bytes(MOST_BYTES), "too_large"),
    ("a.docx", archive({"[Content_Types].xml": b"", "word/a": bytes(9_000_000)}), "unpacks_too_large"),
    ("a.docx", archive({f"word/{n}": b"" for n in range(MOST_ENTRIES + 1)}), "unpacks_too_large"),
    ("a.png", PNG.replace((5).to_bytes(4), (60_000).to_bytes(4)), "too_many_points"),
]


@pytest.mark.parametrize(("name", "content", "wrong"), CASES)
def test_a_file_is_taken_by_its_name_and_its_bytes(name, content, wrong):
    assert wrong_with(name, content) == wrong


def test_there_are_ten_kinds_and_none_that_a_browser_runs():
    assert set(KINDS) == {".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
