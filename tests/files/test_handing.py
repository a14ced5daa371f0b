"""A file that was uploaded is saved or shown by itself: no page runs it, styles itself by it or frames it."""

from __future__ import annotations

from io import BytesIO

import pytest
from starlette.testclient import TestClient

from app.files.handing import handed_out, handed_out_file


@pytest.mark.parametrize("dest", ["script", "style", "object", "embed", "frame", "iframe", "worker", "serviceworker"])
def test_no_page_takes_it_in(dest):
    file = BytesIO(b"alert(1)")
    for answer in (handed_out(b"alert(1)", "a.js", "text/plain"), handed_out_file(file, "a.js", "text/plain")):
        told = TestClient(answer).get("/", headers={"Sec-Fetch-Dest": dest})
        assert (told.status_code, "alert" in told.text, told.headers["vary"]) == (403, False, "Sec-Fetch-Dest")
    assert file.closed


@pytest.mark.parametrize("dest", [None, "document", "empty", "image"])
def test_whoever_opens_or_saves_it_gets_it(dest):
    file = BytesIO(b"terve")
    for answer in (handed_out(b"terve", "a.txt", "text/plain"), handed_out_file(file, "a.txt", "text/plain")):
        told = TestClient(answer).get("/", headers={"Sec-Fetch-Dest": dest} if dest else {})
        assert (told.status_code, told.text, told.headers["vary"]) == (200, "terve", "Sec-Fetch-Dest")
    assert file.closed
