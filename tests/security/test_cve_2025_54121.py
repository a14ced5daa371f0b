"""Starlette CVE-2025-54121: an upload that went from memory to the disk stopped all other requests meanwhile.

Here a page is answered while a large file comes in.
"""

from __future__ import annotations

import threading
import time

from tests.asking import Client
from tests.security.multipart import END, HEAD, KIND

FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n%PDF-'


def test_others_are_answered_while_a_file_comes_in(client, app, portal):
    body = HEAD + FILE + b"a" * 24_000_000 + b"\r\n" + END
    told, waits = [], []

    def send() -> None:
        other = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
        told.append(other.post("/language", content=body, headers={"Content-Type": KIND}).status_code)

    client.get("/code")
    sending = threading.Thread(target=send)
    sending.start()
    while sending.is_alive() or not waits:
        begun = time.monotonic()
        assert client.get("/code").status_code == 200
        waits.append(time.monotonic() - begun)
    sending.join()
    assert told == [413] and sorted(waits)[len(waits) // 2] < 2
