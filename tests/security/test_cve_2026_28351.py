"""pypdf CVE-2026-28351: a run of bytes, told in a few, unpacked to all the memory there is.

Here an uploaded PDF is opened in a child of its own with little memory and time, by no other library.
"""

from __future__ import annotations

import resource

import pytest

from app.pdf.reading import read_upload
from tests.security.hostile_pdfs import FINDINGS, importing, packed, page, stream

RUNS = {
    "runs": stream(b"\x81\x00" * 400_000 + b"\x80", b"/Filter /RunLengthDecode"),
    "runs that are packed": stream(packed(30_000_000), b"/Filter [/FlateDecode /RunLengthDecode]"),
    "packed five times": stream(packed(50_000_000), b"/Filter [" + b"/FlateDecode " * 5 + b"]"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", RUNS)
def test_runs_end_in_the_child(name):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read_upload(page(b"/Contents 4 0 R", RUNS[name]))
    assert found.finding in FINDINGS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64_000


def test_uploads_are_opened_in_the_child_alone():
    assert importing("pypdf") == importing("PyPDF2") == importing("pdfminer") == set()
    assert importing("pikepdf") <= {"app/pdf/fitness.py", "app/pdf/grafting.py", "app/pdf/reader.py"}
    children = importing("app.pdf.fitness") | importing("app.pdf.grafting") | importing("app.pdf.reader")
    assert children <= {"app/pdf/reader.py", "app/pdf/following.py", "app/pdf/grafting.py", "app/pdf/renderer.py"}
