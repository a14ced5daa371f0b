"""Starlette CVE-2024-47874: a part that named no file was held in memory however long it was.

Here a request says how long it is, before anything of it is read, and is at most as long as the largest attachment.
"""

from __future__ import annotations

import pytest

from app.guard import MOST_BYTES
from tests.security.multipart import END, HEAD, KIND, grown

PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'


@pytest.mark.parametrize("said", [MOST_BYTES + 1, 10**12, 2**63])
def test_what_says_that_it_is_too_long_is_not_read(client, said):
    headers = {"Content-Type": KIND, "Content-Length": str(said)}
    told, more = grown(lambda: client.post("/language", content=HEAD + PART, headers=headers))
    assert told == 413 and more < 64_000_000


@pytest.mark.parametrize("coding", ["chunked", "gzip, chunked", "identity", "CHUNKED"])
def test_what_does_not_say_how_long_it_is_is_not_read(client, coding):
    headers = {"Content-Type": KIND, "Transfer-Encoding": coding}
    assert client.post("/language", content=HEAD + END, headers=headers).status_code == 411


def test_a_long_part_is_held_once_and_not_many_times(client):
    body = HEAD + PART + b"a" * 20_000_000 + b"\r\n" + END
    told, more = grown(lambda: client.post("/language", content=body, headers={"Content-Type": KIND}))
    assert told == 413 and more < 10 * len(body)


def test_a_file_of_a_stranger_is_not_held(client):
    """Who asks is looked at before what they send is read."""
    body = HEAD + b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"a" * 20_000_000 + b"\r\n" + END
    told, more = grown(lambda: client.post("/imports", content=body, headers={"Content-Type": KIND}))
    assert told == 303 and more < len(body)
