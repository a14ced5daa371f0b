"""pypdf CVE-2026-27024: a tree of pages or headings that led back to itself was walked for ever.

Here such a file ends in its child, with a finding that says that it cannot follow in a paper.
"""

from __future__ import annotations

import time

import pytest

from app.pdf.reading import read_upload
from tests.security.hostile_pdfs import FINDINGS, page, pdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
TREES = {
    "pages of themselves": pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "pages of each other": pdf(
        CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "a thousand million pages": pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 1000000000 >>"),
    "headings of themselves": page(
        b"", b"<< /First 5 0 R /Last 5 0 R >>", b"<< /Title (a) /Next 5 0 R /First 5 0 R /Parent 4 0 R >>",
        catalog=b"/Outlines 4 0 R",
    ),
    "names of themselves": page(b"", b"<< /Kids [4 0 R 4 0 R] >>", catalog=b"/Names << /EmbeddedFiles 4 0 R >>"),
    "tags of themselves": page(
        b"", b"<< /Type /StructTreeRoot /K 5 0 R >>", b"<< /S /P /K [5 0 R 5 0 R] >>",
        catalog=b"/StructTreeRoot 4 0 R /MarkInfo << /Marked true >> /Lang (fi)",
    ),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", TREES)
def test_a_tree_that_leads_back_ends(name):
    begun = time.monotonic()
    found = read_upload(TREES[name])
    assert found.finding in FINDINGS - {"sound"} and time.monotonic() - begun < 40
