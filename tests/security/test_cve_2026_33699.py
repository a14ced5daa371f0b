"""pypdf CVE-2026-33699: a dictionary or an array that never ended was read for ever.

Here such a file ends in its child, and what it cannot read is said of it.
"""

from __future__ import annotations

import time

import pytest

from app.pdf.reading import read_upload
from tests.security.hostile_pdfs import FINDINGS, page, pdf

OPEN = {
    "a dictionary without end": b"%PDF-1.7\n1 0 obj\n<< " + b"/A 1 " * 400_000,
    "dictionaries in dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<< /A " * 200_000,
    "arrays in arrays": page(b"/A " + b"[" * 200_000),
    "a string without end": b"%PDF-1.7\n1 0 obj\n(" + b"\\(" * 500_000,
    "a reference to itself": pdf(b"1 0 R"),
    "a table that leads back": b"%PDF-1.7\nxref\n0 0\ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF",
    "a length that is its own": page(b"/Contents 4 0 R", b"<< /Length 4 0 R >>\nstream\nx\nendstream"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", OPEN)
def test_what_never_ends_ends(name):
    begun = time.monotonic()
    assert read_upload(OPEN[name]).finding in FINDINGS - {"sound"}
    assert time.monotonic() - begun < 40
