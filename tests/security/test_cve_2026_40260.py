"""pypdf CVE-2026-40260: entities in a document's description (XMP) filled all memory.

Here a description is read in the child, and one that is made to grow or to read files says nothing.
"""

from __future__ import annotations

import pytest

from app.pdf.reading import read_upload
from tests.security.hostile_pdfs import FINDINGS, page, stream

LAUGHS = b"<!DOCTYPE x [<!ENTITY l0 'ha'>" + b"".join(
    b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
)
DESCRIPTIONS = {
    "entities of entities": LAUGHS + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&l9;</x:xmpmeta>",
    "a file": b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><x xmlns='adobe:ns:meta/'>&f;</x>",
    "nested": b"<a>" * 100_000,
    "attributes": b"<a " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"/>",
    "nothing": b"",
}


@pytest.mark.long
@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_that_grows_says_nothing(name):
    held = stream(DESCRIPTIONS[name], b"/Type /Metadata /Subtype /XML")
    found = read_upload(page(b"", held, catalog=b"/Metadata 4 0 R /MarkInfo << /Marked true >> /Lang (fi)"))
    assert found.finding in FINDINGS - {"sound"}
