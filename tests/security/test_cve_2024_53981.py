"""python-multipart CVE-2024-53981: each byte before the first part and after the last wrote a line of the log.

Here a form with megabytes around its parts ends in time, and the log has a line of it at most.
"""

from __future__ import annotations

import logging

import pytest

from tests.security.multipart import END, HEAD, posted, spent

AROUND = {
    "line ends before": b"\r\n" * 1_000_000 + HEAD + END,
    "line feeds before": b"\n" * 2_000_000 + HEAD + END,
    "letters before": b"a" * 2_000_000 + b"\r\n" + HEAD + END,
    "line ends after": HEAD + END + b"\r\n" * 1_000_000,
    "letters after": HEAD + END + b"a" * 2_000_000,
    "nothing else": b"\r\n" * 1_000_000,
}


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_the_parts_costs_little(client, caplog, name):
    with caplog.at_level(logging.DEBUG):
        status, seconds = spent(lambda: posted(client, AROUND[name]))
    assert status in (303, 400, 413) and seconds < 1
    assert len([one for one in caplog.records if one.name.startswith(("python_multipart", "multipart"))]) <= 1
