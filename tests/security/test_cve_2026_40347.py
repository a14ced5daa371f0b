"""python-multipart CVE-2026-40347: long text before the first part or after the last was looked through time and again.

Here the time grows with the length and no faster.
"""

from __future__ import annotations

import pytest

from tests.security.multipart import END, HEAD, posted, spent

BEGINNINGS = {
    "almost a boundary": b"\r\n--",
    "boundaries of another": b"--y\r\n",
    "hyphens": b"-",
    "returns": b"\r",
    "half": b"\r\n--xx",
}


@pytest.mark.parametrize("where", ["before", "within", "after"])
@pytest.mark.parametrize("name", BEGINNINGS)
def test_the_time_grows_with_the_length(client, name, where):
    def body(times: int) -> bytes:
        filler = BEGINNINGS[name] * times
        within = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + filler + b"\r\n"
        return {"before": filler + b"\r\n" + HEAD + END, "within": HEAD + within + END, "after": HEAD + END + filler}[
            where
        ]

    status, seconds = spent(lambda: posted(client, body(200_000)))
    assert status in (303, 400, 413) and seconds < 1
