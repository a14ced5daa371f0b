"""python-multipart CVE-2026-42561: a part could have headers without number and without end.

Here such a form is refused, or read, within a second of a processor and without much memory.
"""

from __future__ import annotations

import pytest

from tests.security.multipart import END, grown, posted, spent

NAMED = b'--x\r\nContent-Disposition: form-data; name="language"\r\n'
HEADERS = {
    "fifty thousand": NAMED + b"A: b\r\n" * 50_000 + b"\r\nfi\r\n" + END,
    "one of two megabytes": NAMED + b"A: " + b"b" * 2_000_000 + b"\r\n\r\nfi\r\n" + END,
    "a name of two megabytes": NAMED + b"A" * 2_000_000 + b": b\r\n\r\nfi\r\n" + END,
    "without end": NAMED + b"A: b\r\n" * 50_000,
    "the same again": NAMED * 1 + b'Content-Disposition: form-data; name="a"\r\n' * 20_000 + b"\r\nfi\r\n" + END,
    "parameters": b'--x\r\nContent-Disposition: form-data; name="a"' + b"; b=c" * 100_000 + b"\r\n\r\nfi\r\n" + END,
    "a name without end": b'--x\r\nContent-Disposition: form-data; name="'
    + b"a" * 2_000_000
    + b'"\r\n\r\nfi\r\n'
    + END,
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_without_end_end(client, name):
    status, seconds = spent(lambda: posted(client, HEADERS[name]))
    assert status in (303, 400, 413) and seconds < 1


def test_they_take_no_memory(client):
    status, more = grown(lambda: posted(client, HEADERS["fifty thousand"]))
    assert status in (303, 400, 413) and more < 64_000_000
